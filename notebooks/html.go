package notebooks

import (
	"bytes"
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/report"
)

// page is tables in HTML. Every figure has its value, not rounded, in data-value.
var page = template.Must(template.New("page").Funcs(template.FuncMap{"cells": cells, "left": left, "leftOut": leftOut}).Parse(`{{range $t := .}}
<table style="margin: 0 0 0.4em 0; border-collapse: collapse">
<caption style="text-align: left; color: inherit; padding: 0 0 0.5em 0">{{with .Title}}<b>{{.}}</b>{{end}}{{range .About}}<br><small>{{.}}</small>{{end}}</caption>
<thead><tr>{{range left .Columns}}<th scope="col" style="text-align: {{if .Text}}left{{else}}right{{end}}; vertical-align: bottom">{{.Heading}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}{{if .Heading}}<tr><th scope="rowgroup" colspan="{{len (left $t.Columns)}}" style="text-align: left">{{.Heading}}</th></tr>
{{else}}<tr>{{$part := .Indent}}{{range $i, $c := cells $t .}}{{if $c.Words}}<td style="text-align: left{{if and $part (eq $i 0)}}; padding-left: 2em{{end}}">{{$c.Text}}</td>{{else}}<td{{with $c.Exact}} data-value="{{.}}"{{end}} style="text-align: right; white-space: nowrap">{{$c.Text}}</td>{{end}}{{end}}</tr>
{{end}}{{end}}</tbody>
</table>
{{with leftOut .}}<p style="margin: 0 0 0.4em 0"><small>{{.}}</small></p>
{{end}}{{range .Notes}}<p style="margin: 0 0 0.4em 0"><small>{{.}}</small></p>
{{end}}{{end}}`))

// entry is a cell as it is written: Exact is empty where there is no single figure.
type entry struct {
	Text, Exact string
	Words       bool
}

// inHTML writes tables for people as HTML, with all text escaped. They are taken by way of
// the JSON that report writes, which has currencies and texts as people read them.
func inHTML(tables []report.Table) (string, error) {
	var b bytes.Buffer
	if err := report.Write(&b, report.JSON, report.Options{}, tables...); err != nil {
		return "", err
	}
	var readable []report.Table
	if err := json.Unmarshal(b.Bytes(), &readable); err != nil {
		return "", err
	}
	b.Reset()
	err := page.Execute(&b, readable)
	return strings.TrimSpace(b.String()), err
}

// left are the columns without those of detail.
func left(columns []report.Column) []report.Column {
	return slices.DeleteFunc(slices.Clone(columns), func(c report.Column) bool { return c.Detail })
}

// leftOut says which columns are not shown.
func leftOut(t report.Table) string {
	var names []string
	for _, c := range t.Columns {
		if c.Detail {
			names = append(names, c.Heading)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Columns of detail left out, which report.Write has with Wide: " + strings.Join(names, "; ") + "."
}

// cells are the entries of a row in the columns that are left.
func cells(t report.Table, row report.Row) []entry {
	var all []entry
	for i, c := range t.Columns {
		if c.Detail {
			continue
		}
		e := entry{Words: c.Text}
		if i < len(row.Cells) {
			cell := row.Cells[i]
			e.Text = cell.Text
			if cell.Value != nil {
				e.Exact = strconv.FormatFloat(*cell.Value, 'f', -1, 64)
			}
		}
		all = append(all, e)
	}
	return all
}
