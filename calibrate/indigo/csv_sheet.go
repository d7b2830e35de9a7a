package indigo

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	mostBytes  = 64 << 20 // of a file; all of INDIGO's together have less than 2 MB
	mostFaults = 100      // that are reported for one file
)

// sheet is one file as a table of text.
type sheet struct {
	file   string
	header []string       // as the file names its columns
	column map[string]int // by the name that canon gives
	rows   []cells
	// semicolons reports that they separate the fields, as they do where a comma
	// stands before decimals.
	semicolons bool
}

// cells is one row of a sheet.
type cells struct {
	row  int // as a spreadsheet numbers it
	text []string
}

// open reads a file of an export.
func open(fsys fs.FS, file string, t table) (*sheet, []*fault) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, []*fault{{file: file, problem: "the file cannot be opened: " + err.Error(), cause: err}}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	switch {
	case err != nil:
		return nil, []*fault{{file: file, problem: "the file cannot be read: " + err.Error(), cause: err}}
	case len(data) > mostBytes:
		return nil, []*fault{{file: file, problem: fmt.Sprintf("the file is larger than %d MB: is this an export of INDIGO?", mostBytes>>20)}}
	}
	text, bad := decode(file, data)
	if bad != nil {
		return nil, []*fault{bad}
	}
	s, faults := parse(file, text)
	if s == nil {
		return nil, faults
	}
	return s, append(faults, s.check(t)...)
}

// decode returns the text of a file in UTF-8 or, with a byte order mark, in
// UTF-16, without the mark.
func decode(file string, data []byte) (string, *fault) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		data = fromUTF16(binary.LittleEndian, data[2:])
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		data = fromUTF16(binary.BigEndian, data[2:])
	}
	text := string(data)
	if at := strings.IndexByte(text, 0); at >= 0 {
		return "", foreign(file, text[:at], "there is a zero byte, so this is not a text in UTF-8")
	}
	if !utf8.ValidString(text) {
		at := 0
		for at < len(text) {
			r, size := utf8.DecodeRuneInString(text[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return "", foreign(file, text[:at], "a character cannot be read as UTF-8")
	}
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, nil
}

// foreign is the fault of a text that is not UTF-8 after so much of it.
func foreign(file, before, problem string) *fault {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return &fault{
		file: file, row: 1 + strings.Count(before, "\n"), column: fmt.Sprintf("character %d", 1+utf8.RuneCountInString(line)),
		problem: problem + `: save the file as "CSV UTF-8"`,
	}
}

// fromUTF16 returns a text in UTF-8. Half a character at the end becomes a zero
// byte, which is not text.
func fromUTF16(order binary.ByteOrder, data []byte) []byte {
	units := make([]uint16, 0, len(data)/2)
	for len(data) >= 2 {
		units = append(units, order.Uint16(data))
		data = data[2:]
	}
	text := []byte(string(utf16.Decode(units)))
	if len(data) > 0 {
		text = append(text, 0)
	}
	return text
}

// parse splits a text into rows. The sheet is nil if there is no header.
func parse(file, text string) (*sheet, []*fault) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	s := &sheet{file: file, semicolons: r.Comma == ';'}
	var faults []*fault
	more := 0 // line breaks inside fields so far
	for len(faults) < mostFaults {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			faults = append(faults, malformed(file, bad, more))
			more += bad.Line - bad.StartLine
			continue
		}
		if err != nil {
			return nil, []*fault{{file: file, problem: err.Error(), cause: err}}
		}
		line, _ := r.FieldPos(0)
		row := cells{row: line - more, text: fields}
		for _, field := range fields {
			more += strings.Count(field, "\n")
		}
		if s.header == nil {
			s.header = fields
			continue
		}
		s.rows = append(s.rows, row)
	}
	if s.header == nil && len(faults) == 0 {
		faults = append(faults, &fault{file: file, row: 1, problem: "the file is empty: its first row must name the columns"})
	}
	if s.header == nil {
		return nil, faults
	}
	return s, faults
}

// malformed says what is wrong with the quotation marks of a row.
func malformed(file string, e *csv.ParseError, more int) *fault {
	problem := "the quotation mark that opens here is not closed properly: double every quotation mark that is part of the text"
	if errors.Is(e, csv.ErrBareQuote) {
		problem = "there is a quotation mark in a field that does not begin with one: put the whole field in quotation marks and double this one"
	}
	return &fault{
		file: file, row: e.StartLine - more, column: fmt.Sprintf("line %d, byte %d", e.Line, e.Column),
		problem: problem, cause: e,
	}
}

// separator is what separates the fields: a comma, unless the header has none and
// was written by a spreadsheet that uses something else.
func separator(text string) rune {
	header, _, _ := strings.Cut(text, "\n")
	for _, other := range []string{"\t", ";"} {
		if !strings.Contains(header, ",") && strings.Contains(header, other) {
			return rune(other[0])
		}
	}
	return ','
}

// check indexes the columns and reports those that are missing or appear twice.
func (s *sheet) check(t table) []*fault {
	s.column = map[string]int{}
	var faults []*fault
	add := func(column, problem string, args ...any) {
		faults = append(faults, &fault{file: s.file, row: 1, column: column, problem: fmt.Sprintf(problem, args...)})
	}
	for i, name := range s.header {
		key := canon(name)
		first, twice := s.column[key]
		if twice && slices.ContainsFunc(slices.Concat(t.needed, t.useful), func(c string) bool { return canon(c) == key }) {
			add(strings.TrimSpace(name), "the column appears twice, as columns %d and %d: remove one of them", first+1, i+1)
		}
		if !twice {
			s.column[key] = i
		}
	}
	for _, c := range t.needed {
		if _, ok := s.column[canon(c)]; !ok {
			add(c, "there is no such column: the columns found are %s", list(s.header, 100))
		}
	}
	return faults
}

// canon is a column's name without what differs between exports: case, the
// suffix " - (Value)", and how words are set apart.
func canon(name string) string {
	name = strings.TrimSpace(strings.ToLower(name))
	name = strings.TrimSuffix(name, "(value)")
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
