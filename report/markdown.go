package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// writeMarkdown writes tables as Markdown, with figures aligned to the right.
func writeMarkdown(w io.Writer, o Options, tables []Table) {
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(w)
		}
		t.markdown(w, o)
	}
}

func (t *Table) markdown(w io.Writer, o Options) {
	if t.Title != "" {
		fmt.Fprintf(w, "**%s**\n\n", escape(t.Title))
	}
	for _, line := range t.About {
		fmt.Fprintf(w, "%s\n\n", escape(line))
	}
	columns, hidden := t.shown(o)
	for _, i := range columns {
		fmt.Fprintf(w, "| %s ", escape(t.Columns[i].Heading))
	}
	fmt.Fprintln(w, "|")
	for _, i := range columns {
		if t.Columns[i].Text {
			fmt.Fprint(w, "| --- ")
		} else {
			fmt.Fprint(w, "| ---: ")
		}
	}
	fmt.Fprintln(w, "|")
	for _, row := range t.Rows {
		if row.Heading != "" {
			fmt.Fprintf(w, "| **%s** %s|\n", escape(row.Heading), strings.Repeat("| ", len(columns)-1))
			continue
		}
		for n, i := range columns {
			indent := ""
			if n == 0 {
				indent = strings.Repeat("&nbsp;&nbsp;", row.Indent)
			}
			fmt.Fprintf(w, "| %s%s ", indent, escape(row.cell(i).Text))
		}
		fmt.Fprintln(w, "|")
	}
	for _, note := range slices.Concat([]string{hidden}, t.Notes, t.more) {
		if note != "" {
			fmt.Fprintf(w, "\n%s\n", escape(note))
		}
	}
}

// cell is a cell of a row; an empty one beyond the last.
func (r *Row) cell(i int) Cell {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return Cell{}
}

// escape keeps text from being read as Markdown or HTML: as emphasis, code, a link, a
// picture or a mark at the beginning of a line. An address is text too, which no
// reader can follow by mistake.
func escape(text string) string {
	text = escaping.Replace(text)
	if strings.HasPrefix(text, "#") || strings.HasPrefix(text, "+ ") || strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "~~~") {
		return `\` + text
	}
	return text
}

var escaping = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "*", `\*`, "_", `\_`, "\n", " ", "`", "\\`",
	"[", `\[`, "]", `\]`, "://", ":&#47;/", "www.", "www&#46;", "@", "&#64;", "mailto:", "mailto&#58;",
)
