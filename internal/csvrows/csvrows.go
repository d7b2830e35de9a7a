// Package csvrows reads small CSV files that people make: columns by name in any order,
// every fault by its line, and no cell of a row in any message.
package csvrows

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// mostFaults is how many faulty rows are named.
const mostFaults = 20

// Row is one row of a file.
type Row struct {
	Line  int // of the file, the first being 1
	cells []string
	at    map[string]int
}

// Text is what the row has in a column, or nothing.
func (r Row) Text(column string) string {
	if i, ok := r.at[column]; ok {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

// Has reports whether the file has a column.
func (r Row) Has(column string) bool {
	_, ok := r.at[column]
	return ok
}

// Read calls a function with each row below the names of the columns. The first so many
// of the columns are needed, and there may be no others. The error joins the faults of
// all rows, each with its line, or the first twenty.
func Read(r io.Reader, columns []string, needed int, row func(Row) error) error {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
	}
	rows := csv.NewReader(in)
	rows.TrimLeadingSpace = true
	heading, err := rows.Read()
	if err != nil {
		return fmt.Errorf("the first line must name the columns, as %s: %w", strings.Join(columns, ","), err)
	}
	at, err := places(heading, columns, needed)
	if err != nil {
		return err
	}
	var faults []error
	for len(faults) < mostFaults {
		cells, err := rows.Read()
		if err == io.EOF {
			return errors.Join(faults...)
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			err = fmt.Errorf("line %d: %w", broken.Line, broken.Err)
		}
		if err == nil {
			line, _ := rows.FieldPos(0)
			if err = row(Row{line, cells, at}); err != nil {
				err = fmt.Errorf("line %d: %w", line, err)
			}
		}
		if err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(append(faults, fmt.Errorf("only the first %d faults are listed", mostFaults))...)
}

// places finds the columns.
func places(heading, columns []string, needed int) (map[string]int, error) {
	at := map[string]int{}
	var faults []error
	for i, name := range heading {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(columns, name) {
			// What it holds is not repeated: without names of columns it is a child's row.
			faults = append(faults, fmt.Errorf("column %d has none of the names %s: rename or remove it", i+1, words.Or(columns)))
			continue
		}
		if _, twice := at[name]; twice {
			faults = append(faults, fmt.Errorf("two columns are called %s: remove one", name))
		}
		at[name] = i
	}
	for _, name := range columns[:needed] {
		if _, ok := at[name]; !ok {
			is := "is"
			if needed > 1 {
				is = "are"
			}
			faults = append(faults, fmt.Errorf("there is no column %s: %s %s needed", name, words.And(columns[:needed]), is))
		}
	}
	return at, errors.Join(faults...)
}

// Date reads 2022-04-01 or 01/04/2022; nothing is no date.
func Date(text string) (calendar.Date, bool) {
	if text == "" {
		return calendar.Date{}, true
	}
	if p := strings.Split(text, "/"); len(p) == 3 && len(p[0]) == 2 && len(p[1]) == 2 {
		text = p[2] + "-" + p[1] + "-" + p[0]
	}
	d, err := calendar.ParseDate(text)
	return d, err == nil
}
