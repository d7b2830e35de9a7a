package ssda903

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// reader is what has been read so far. Nothing outside it holds an identifier.
type reader struct {
	tables   []table
	rows     []row
	notes    []note
	children map[string]int // ordinal by identifier
	headers  []header
	episodes []episode
	window   Window
}

// Read reads every Header and Episodes table of a folder or, by archive/zip, of a zip
// file, however deep they lie, and joins the years. Tables are known by their columns,
// returns in XML by their elements. Other files are named in the log with the reason.
//
// It is an error if a file cannot be read, if a table lacks a column that is needed, or
// if there is no Episodes row that can be used. Anything else that is wrong is repaired
// or rejected by row, and said in the log.
func Read(folder fs.FS) (*Care, error) {
	r := &reader{children: map[string]int{}}
	var faults []error
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		faults = append(faults, r.file(folder, name))
		return nil
	})
	if err := errors.Join(append(faults, err)...); err != nil {
		return nil, err
	}
	r.years()
	r.parse()
	c := r.care()
	if len(c.Children) == 0 {
		return nil, errors.New(r.nothing())
	}
	return c, nil
}

// file reads one file as far as its rows of text.
func (r *reader) file(folder fs.FS, name string) error {
	t := table{Table: Table{File: name}}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".txt", ".xml":
	default:
		t.Note = "neither a CSV nor an XML file: not read"
		r.tables = append(r.tables, t)
		return nil
	}
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if t.isXML() {
		both, err := elements(t, plain(data))
		r.tables = append(r.tables, both...)
		return err
	}
	t.text = plain(data)
	err = t.recognise()
	r.tables = append(r.tables, t)
	return err
}

// nothing says why there is no child to speak of.
func (r *reader) nothing() string {
	tables, rows := 0, 0
	for _, t := range r.tables {
		if t.Kind == kindEpisodes {
			tables++
		}
	}
	for _, w := range r.rows {
		if r.tables[w.table].Kind == kindEpisodes {
			rows++
		}
	}
	if tables == 0 {
		return fmt.Sprintf("none of the %d files is an Episodes table: name a folder with CSV files of which one for each year has the columns %s, or with returns in XML",
			len(r.tables), strings.Join(needed[kindEpisodes], ", "))
	}
	if rows == 0 {
		return "the Episodes tables have no rows: export the returns again"
	}
	text := fmt.Sprintf("none of the %d rows of the Episodes tables can be used", rows)
	for _, n := range r.notes {
		if w := r.rows[n.row]; r.tables[w.table].Kind == kindEpisodes {
			return fmt.Sprintf("%s; the first is line %d of %s: %s", text, w.at.line, r.tables[w.table].File, n.text)
		}
	}
	return text
}

// care joins the years and puts what is left of each child into the result.
func (r *reader) care() *Care {
	c := &Care{Window: r.window}
	byChild := make([][]episode, len(r.children))
	for _, e := range r.episodes {
		byChild[e.child] = append(byChild[e.child], e)
	}
	heads := r.heads()
	without := make([]bool, len(byChild))
	for k, all := range byChild {
		h := heads[k]
		r.checkBirth(&h, all)
		all = r.join(slices.DeleteFunc(all, func(e episode) bool { return r.startsAtAdult(h, e) }))
		if without[k] = len(all) == 0; without[k] {
			continue
		}
		if h.row < 0 {
			r.repair(all[0].row, "no header", "no Header row has a date of birth of this child: it is used without an age")
		}
		c.Children = append(c.Children, Child{Born: h.born, Sex: h.sex, Placements: r.placements(all)})
	}
	for _, h := range r.headers {
		if without[h.child] && r.rows[h.row].fate != rejected {
			r.reject(h.row, "no episode", "the child has no episode that can be used: the row is not needed")
		}
	}
	c.Log = r.log()
	return c
}

// yearEnd is 31 March of the year of a return.
func yearEnd(y calendar.FinancialYear) calendar.Date { return calendar.NewDate(int(y)+1, 3, 31) }
