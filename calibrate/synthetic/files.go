package synthetic

import (
	"path"
	"strings"
)

// file is one file of a return, with the line on which each of its rows begins.
type file struct {
	name  string
	text  []byte
	lines []*line
	at    []int
}

// planted says where in the file faults are.
func (f *file) planted(names map[*line]string) []Fault {
	var all []Fault
	for i, l := range f.lines {
		if name, ok := names[l]; ok {
			all = append(all, Fault{name, f.name, f.at[i]})
		}
	}
	return all
}

// files are those of one return.
func (y *yearly) files(inXML bool) []*file {
	folder := "synthetic-" + strings.ReplaceAll(y.year.String(), "/", "-")
	if inXML {
		return []*file{y.xml(path.Join(folder, "synthetic-return.xml"))}
	}
	return []*file{
		csv(path.Join(folder, "synthetic-header.csv"), headerColumns, y.headers),
		csv(path.Join(folder, "synthetic-episodes.csv"), episodesColumns, y.entries),
	}
}

func csv(name string, columns []string, lines []*line) *file {
	f := &file{name: name, lines: lines}
	var b strings.Builder
	b.WriteString(strings.Join(columns, ",") + "\r\n")
	for i, l := range lines {
		f.at = append(f.at, i+2)
		b.WriteString(strings.Join(l.cells, ",") + "\r\n")
	}
	f.text = []byte(b.String())
	return f
}

// inXML are the columns that the XML form calls otherwise.
var inXML = map[string]string{"CHILD": "CHILDID", "PLACE": "PL"}

// xml writes one return in XML: an element for each child with one for its header and
// one for each episode. No cell holds a sign that XML would have to escape.
func (y *yearly) xml(name string) *file {
	f := &file{name: name}
	var b strings.Builder
	at := 0
	put := func(text string) {
		b.WriteString(text + "\r\n")
		at++
	}
	row := func(element string, columns []string, l *line, cells []string) {
		f.lines, f.at = append(f.lines, l), append(f.at, at+1)
		put("  <" + element + ">")
		for i, c := range columns {
			if other, ok := inXML[c]; ok {
				c = other
			}
			if element == "HEADER" || c != "CHILDID" {
				put("   <" + c + ">" + cells[i] + "</" + c + ">")
			}
		}
		put("  </" + element + ">")
	}
	put(`<?xml version="1.0" encoding="UTF-8"?>`)
	put("<!-- SYNTHETIC DATA. No child in this file exists. -->")
	put("<EXPSSDA903>")
	headers := y.headers
	for i, l := range y.entries {
		if i == 0 || y.entries[i-1].child != l.child {
			put(" <CHILD>")
			if len(headers) == 0 || headers[0].child != l.child { // the header is missing
				row("HEADER", headerColumns[:1], nil, l.cells)
			}
			for len(headers) > 0 && headers[0].child == l.child {
				row("HEADER", headerColumns, headers[0], headers[0].cells)
				headers = headers[1:]
			}
		}
		row("EPISODE", episodesColumns, l, l.cells)
		if i+1 == len(y.entries) || y.entries[i+1].child != l.child {
			put(" </CHILD>")
		}
	}
	put("</EXPSSDA903>")
	f.text = []byte(b.String())
	return f
}
