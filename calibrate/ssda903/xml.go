package ssda903

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

// The elements of a return in XML, and what each holds of what is read, by the names of
// the columns of CSV files.
const (
	childElement   = "CHILD"
	headerElement  = "HEADER"
	episodeElement = "EPISODE"
)

var held = map[string][]string{
	kindHeader:   {"CHILD", "SEX", "DOB"},
	kindEpisodes: {"CHILD", "DECOM", "RNE", "LS", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE"},
}

func (t *table) isXML() bool { return strings.EqualFold(path.Ext(t.File), ".xml") }

// elements reads a return in XML, element by element, into its two tables. A file that
// is no return gives one table, without a kind.
func elements(t table, text string) ([]table, error) {
	x := xmlReader{Decoder: xml.NewDecoder(strings.NewReader(oneByteForm(text)))}
	x.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	for _, kind := range []string{kindHeader, kindEpisodes} {
		of := table{Table: Table{File: t.File, Kind: kind}, columns: map[string]int{}}
		for i, name := range held[kind] {
			of.columns[name] = i
		}
		x.tables = append(x.tables, of)
	}
	if err := x.read(); err != nil {
		line, _ := x.InputPos()
		return nil, fmt.Errorf("%s: line %d: the XML is not well formed from here on: export the return again", t.File, line)
	}
	if len(x.tables[0].elements)+len(x.tables[1].elements) == 0 {
		t.Note = "its elements are those of no return: not read"
		return []table{t}, nil
	}
	return x.tables, nil
}

// oneByteForm takes text that is not UTF-8 for one byte to a character, of which the
// first 128 and so all codes are the same everywhere.
func oneByteForm(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = rune(text[i])
	}
	return string(runes)
}

// xmlReader is a return in XML as far as it has been read.
type xmlReader struct {
	*xml.Decoder

	tables []table // of headers, and of episodes
}

// read reads to the end of the file.
func (x *xmlReader) read() error {
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok && is(start, childElement) {
			if err := x.child(); err != nil {
				return err
			}
		}
	}
}

func is(start xml.StartElement, name string) bool { return strings.EqualFold(start.Name.Local, name) }

// child reads one element CHILD. The identifier stands in its header, which is before
// the episodes in any order but a strange one.
func (x *xmlReader) child() error {
	from := []int{len(x.tables[0].elements), len(x.tables[1].elements)}
	id := ""
	for {
		line, column := x.InputPos()
		token, err := x.Token()
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if _, ends := token.(xml.EndElement); ends {
			break
		}
		if !ok {
			continue
		}
		var to *table
		switch {
		case is(start, headerElement):
			to = &x.tables[0]
		case is(start, episodeElement):
			to = &x.tables[1]
		default:
			if err := x.Skip(); err != nil {
				return err
			}
			continue
		}
		e := element{position{line, column}, make([]string, len(to.columns))}
		if err := x.row(to.columns, e.cells); err != nil {
			return err
		}
		to.elements = append(to.elements, e)
		if id == "" {
			id = e.cells[0]
		}
	}
	for k := range x.tables {
		for _, e := range x.tables[k].elements[from[k]:] {
			e.cells[0] = id
		}
	}
	return nil
}

// row reads the cells of one element; elements within them are of other tables. Of two
// cells of one name the first counts.
func (x *xmlReader) row(columns map[string]int, cells []string) error {
	seen := make([]bool, len(cells))
	at, depth := -1, 0
	var text []byte
	for {
		token, err := x.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth == 1 {
				at, text = place(columns, token.Name.Local), text[:0]
			}
		case xml.CharData:
			if depth == 1 && at >= 0 {
				text = append(text, token...)
			}
		case xml.EndElement:
			if depth == 0 {
				return nil
			}
			if depth--; depth == 0 && at >= 0 && !seen[at] {
				cells[at], seen[at] = strings.TrimSpace(string(text)), true
			}
		}
	}
}

// place is the column that an element stands for, or -1.
func place(columns map[string]int, name string) int {
	name = strings.ToUpper(name)
	if other, ok := also[name]; ok {
		name = other
	}
	if i, ok := columns[name]; ok {
		return i
	}
	return -1
}
