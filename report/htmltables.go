package report

import (
	markup "html/template"
	"io"
)

// writeHTML writes tables as pieces of a page, without any style: each has its title as
// a caption, the first line of what its figures rest on above it, and the others and its
// notes below, so that figures come first on a small screen. All text is escaped.
// A table stands in a box that can be scrolled and reached by keyboard, because it
// may be wider than a small screen.
func writeHTML(w io.Writer, o Options, tables []Table) error {
	for i := range tables {
		if err := htmlTables.Execute(w, newHTMLTable(&tables[i], o)); err != nil {
			return err
		}
	}
	return nil
}

// htmlTable is a table as the template writes it.
type htmlTable struct {
	Title        string
	Label        string // of the box
	First        string // of what the figures rest on
	About, Notes []string
	Head         []htmlCell
	Rows         []htmlRow
	Width        int // in columns
}

// htmlRow is a heading, or cells.
type htmlRow struct {
	Heading string
	Part    bool // of the row above
	Cells   []htmlCell
}

// htmlCell is a cell: words or a figure, and whether it names its row.
type htmlCell struct {
	Text       string
	Words, Row bool
}

func newHTMLTable(t *Table, o Options) htmlTable {
	columns, hidden := t.shown(o)
	out := htmlTable{Title: t.Title, Notes: t.Notes, Width: len(columns)}
	if len(t.About) > 0 {
		out.First, out.About = t.About[0], t.About[1:]
	}
	if hidden != "" {
		out.Notes = append([]string{hidden}, t.Notes...)
	}
	for _, i := range columns {
		if t.hasHeadings() {
			out.Head = append(out.Head, htmlCell{Text: t.Columns[i].Heading, Words: t.Columns[i].Text})
		}
		if out.Label == "" {
			out.Label = t.Columns[i].Heading
		}
	}
	if out.Title != "" {
		out.Label = out.Title
	}
	if out.Label == "" {
		out.Label = "Table"
	}
	for n := range t.Rows {
		row := &t.Rows[n]
		one := htmlRow{Heading: row.Heading, Part: row.Indent > 0}
		for k, i := range columns {
			one.Cells = append(one.Cells, htmlCell{Text: row.cell(i).Text, Words: t.Columns[i].Text, Row: k == 0 && t.Columns[i].Text})
		}
		out.Rows = append(out.Rows, one)
	}
	return out
}

var htmlTables = markup.Must(markup.New("table").Parse(`{{with .First}}<p class="about">{{.}}</p>
{{end}}<div class="scroll" role="group" tabindex="0" aria-label="{{.Label}}">
<table>
{{with .Title}}<caption>{{.}}</caption>
{{end}}{{with .Head}}<thead><tr>{{range .}}{{if .Text}}<th scope="col"{{if .Words}} class="words"{{end}}>{{.Text}}</th>{{else}}<td></td>{{end}}{{end}}</tr></thead>
{{end}}<tbody>
{{range .Rows}}{{if .Heading}}<tr class="heading"><th scope="colgroup" colspan="{{$.Width}}">{{.Heading}}</th></tr>
{{else}}<tr{{if .Part}} class="part"{{end}}>{{range .Cells}}{{if and .Row .Text}}<th scope="row" class="words">{{.Text}}</th>{{else}}<td{{if .Words}} class="words"{{end}}>{{.Text}}</td>{{end}}{{end}}</tr>
{{end}}{{end}}</tbody>
</table>
</div>
{{range .About}}<p class="about">{{.}}</p>
{{end}}{{range .Notes}}<p class="note">{{.}}</p>
{{end}}`))
