package indigo

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Dataset is what an export's files say, project by project, and what was wrong
// with them.
type Dataset struct {
	// Projects are in the order of the projects file. Those that only other
	// files know come after them, with an id and no name.
	Projects []Project
	// Files are the tables that can be read, with the file of each.
	Files []File
	// Repairs are what was not read as it stands in a file, in the order of
	// files and rows. A row is in the dataset or among these.
	Repairs []Repair
	// Notes are what is read as it stands although it cannot all be right.
	Notes []Note
	// Unread are the other CSV files in the folder.
	Unread []string
}

// File is one table of an export.
type File struct {
	Table string // projects, projects_results and so on
	Name  string // of the file; empty if there is none, and then the table is empty
	Rows  int    // below the header; a blank line is none
	Used  int    // of these; the others are among the repairs
}

// Read reads the files of an export in a folder: CSV files named as INDIGO names
// them, such as projects_outcome_payments.csv, with or without a prefix such as
// original_. Columns are found by name. A file that is not there leaves its
// table empty.
//
// What can be mended or left out is, and Repairs says so. The error is for what
// cannot be: a file that is no text or no CSV, a column that is needed and not
// there, two files for one table, or no file at all. It is one *[Fault] or
// several joined, and there is no dataset then.
func Read(fsys fs.FS) (*Dataset, error) {
	d := &Dataset{}
	r := &reader{data: d, byID: map[string]int{}, plans: map[[2]string]Period{}}
	all := tables()
	files, faults := find(fsys, all, d)
	var sheets []*sheet
	for i, t := range all {
		d.Files = append(d.Files, File{Table: t.name, Name: files[t.name]})
		sheets = append(sheets, nil)
		if files[t.name] == "" {
			continue
		}
		var bad []*Fault
		sheets[i], bad = open(fsys, files[t.name], t)
		faults = append(faults, bad...)
	}
	if len(faults) > 0 {
		return nil, join(faults)
	}
	for i, t := range all {
		if s := sheets[i]; s != nil {
			r.read(s, t, &d.Files[i])
		} else {
			d.Notes = append(d.Notes, Note{Text: "there is no file " + t.name + ".csv: nothing is known of what it holds"})
		}
	}
	for i := range d.Projects {
		r.tidy(&d.Projects[i])
		d.Notes = append(d.Notes, doubts(&d.Projects[i])...)
	}
	slices.SortStableFunc(d.Repairs, func(a, b Repair) int {
		if a.File != b.File {
			return r.place(a.File) - r.place(b.File)
		}
		return a.Row - b.Row
	})
	return d, nil
}

// find returns the file of each table and notes which files are not read.
func find(fsys fs.FS, all []table, d *Dataset) (map[string]string, []*Fault) {
	const folder = "folder"
	if fsys == nil {
		return nil, []*Fault{{File: folder, Problem: "there is no folder to read"}}
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, []*Fault{{File: folder, Problem: "the folder cannot be read: " + err.Error(), Err: err}}
	}
	files := map[string]string{}
	var faults []*Fault
	var folders []string
	for _, e := range entries {
		name, known := tableOf(e.Name(), all)
		switch {
		case e.IsDir():
			folders = append(folders, e.Name())
		case known && files[name] != "":
			faults = append(faults, &Fault{File: e.Name(), Problem: fmt.Sprintf(
				"this file and %s are both named as %s: keep one of them in the folder", quote(files[name]), name)})
		case known:
			files[name] = e.Name()
		case strings.HasSuffix(strings.ToLower(e.Name()), ".csv"):
			d.Unread = append(d.Unread, e.Name())
		}
	}
	if len(files) == 0 {
		problem := "there is no file of an INDIGO export in the folder: the first is projects.csv"
		if len(folders) > 0 {
			problem += "; open one of the folders in it: " + list(folders, 10)
		}
		faults = append(faults, &Fault{File: folder, Problem: problem})
	}
	return files, faults
}

// Project returns the project with an id or, if there is none, the one project
// that has the text in its name, in another of its names or in its id, such as
// DN2 or 0201. Capitals and kinds of apostrophe do not matter. It returns false
// if no project fits or more than one does.
func (d *Dataset) Project(id string) (Project, bool) {
	id = fold(id)
	if id == "" {
		return Project{}, false
	}
	whole := []func(Project) string{
		func(p Project) string { return p.ID },
		func(p Project) string { return p.Name },
	}
	for _, of := range whole {
		if fits := d.which(func(p Project) bool { return fold(of(p)) == id }); len(fits) == 1 {
			return d.Projects[fits[0]], true
		}
	}
	fits := d.which(func(p Project) bool {
		return strings.Contains(fold(p.ID), id) || strings.Contains(fold(p.Name), id) || strings.Contains(fold(p.AlternativeNames), id)
	})
	if len(fits) != 1 {
		return Project{}, false
	}
	return d.Projects[fits[0]], true
}

func (d *Dataset) which(fits func(Project) bool) (all []int) {
	for i, p := range d.Projects {
		if fits(p) {
			all = append(all, i)
		}
	}
	return all
}

// fold is a text without what does not matter for finding it.
func fold(text string) string {
	text = strings.NewReplacer("’", "'", "‘", "'").Replace(strings.ToLower(text))
	return strings.Join(strings.Fields(text), " ")
}

// reader fills a dataset.
type reader struct {
	data *Dataset
	byID map[string]int // index of a project by its folded id
	// plans are the ids of projects and plans that have a row, and when the
	// plan was valid.
	plans map[[2]string]Period
	// starts is what the export calls the start of a payment's period.
	starts string
}

// place is where a file comes in the order of files.
func (r *reader) place(file string) int {
	return slices.IndexFunc(r.data.Files, func(f File) bool { return f.Name == file })
}

// row is one row of a sheet while it is read.
type row struct {
	cells
	s    *sheet
	data *Dataset
}

// read takes over the rows of a sheet.
func (r *reader) read(s *sheet, t table, f *File) {
	for _, c := range t.useful {
		if _, ok := s.column[canon(c)]; !ok {
			r.data.Notes = append(r.data.Notes, Note{File: s.file, Row: 1, Text: "there is no column " + quote(c) + ": what it holds is left empty"})
		}
	}
	f.Rows = len(s.rows)
	for _, c := range s.rows {
		w := row{cells: c, s: s, data: r.data}
		lost := len(r.data.Repairs)
		if w.whole() {
			t.fill(r, w)
		}
		if !slices.ContainsFunc(r.data.Repairs[lost:], func(r Repair) bool { return r.LeftOut }) {
			f.Used++
		}
	}
}

// whole tells whether the row's fields can be matched to columns.
func (w row) whole() bool {
	columns, fields := len(w.s.header), len(w.text)
	filled := func(text string) bool { return strings.TrimSpace(text) != "" }
	switch {
	case !slices.ContainsFunc(w.text, filled):
		w.leaveOut("", "", "it is empty")
		return false
	case fields > columns && slices.ContainsFunc(w.text[columns:], filled):
		w.leaveOut("", strings.Join(w.text, ","), fmt.Sprintf("it has %d fields for %d columns; a comma inside a text needs quotation marks around the text", fields, columns))
		return false
	case fields < columns:
		w.repair("", "", "", fmt.Sprintf("it has %d fields for %d columns: the missing ones are taken as empty", fields, columns))
	}
	return true
}

func (w row) repair(column, given, made, problem string) {
	w.data.Repairs = append(w.data.Repairs, Repair{File: w.s.file, Row: w.row, Column: w.label(column), Given: given, Made: made, Problem: problem})
}

func (w row) leaveOut(column, given, problem string) {
	w.data.Repairs = append(w.data.Repairs, Repair{File: w.s.file, Row: w.row, Column: w.label(column), Given: given, Problem: problem, LeftOut: true})
}

// label is a column's name in the file.
func (w row) label(column string) string {
	if i, ok := w.s.column[canon(column)]; ok && column != "" {
		return strings.TrimSpace(w.s.header[i])
	}
	return column
}

// get returns what stands in a column, without spaces around it; empty if the
// file has no such column.
func (w row) get(column string) string {
	i, ok := w.s.column[canon(column)]
	if !ok || i >= len(w.text) {
		return ""
	}
	return strings.TrimSpace(w.text[i])
}

// both joins what stands in two columns.
func (w row) both(a, b, between string) string {
	first, second := w.get(a), w.get(b)
	if first == "" || second == "" {
		return first + second
	}
	return first + between + second
}

// id returns an id that the export writes now with and now without capitals.
func (w row) id(column string) string {
	given := w.get(column)
	made := strings.ToLower(strings.Join(strings.Fields(given), " "))
	if given != made {
		w.repair(column, given, made, "ids are written in small letters")
	}
	return made
}

// ids returns the items of a list, which may or may not have spaces after its
// commas.
func (w row) ids(column string) []string {
	var all []string
	for id := range strings.SplitSeq(w.get(column), ",") {
		if id = strings.TrimSpace(id); id != "" {
			all = append(all, id)
		}
	}
	return all
}

var (
	plain     = regexp.MustCompile(`^[+-]?[0-9]{1,15}(\.[0-9]{1,30})?$`)
	power     = regexp.MustCompile(`^[+-]?[0-9]{1,15}(\.[0-9]{1,30})?[eE][+-]?[0-9]{1,2}$`)
	thousands = regexp.MustCompile(`^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	largest   = decimal.New(1, 15)
)

// number returns a number exactly as written, without rounding.
func (w row) number(column string) decimal.NullDecimal {
	given := w.get(column)
	if given == "" {
		return decimal.NullDecimal{}
	}
	n, made, ok := parseNumber(given)
	if !ok {
		w.repair(column, given, "", "it is not a plain number, such as 470588.24")
		return decimal.NullDecimal{}
	}
	if made != "" {
		w.repair(column, given, made, "numbers are written plainly, such as 470588.24")
	}
	return decimal.NewNullDecimal(n)
}

// numberOrText returns a number or, if there is no number in a column that should
// have one, what stands there instead.
func (w row) numberOrText(column string) (decimal.NullDecimal, string) {
	given := w.get(column)
	if _, _, ok := parseNumber(given); ok || given == "" {
		return w.number(column), ""
	}
	w.repair(column, given, "", "it is not a plain number, and is kept as text")
	return decimal.NullDecimal{}, given
}

// parseNumber reads a number, and says how it should be written if it was not.
func parseNumber(text string) (n decimal.Decimal, made string, ok bool) {
	cleaned := strings.NewReplacer("£", "", " ", "", "\u00a0", "").Replace(text)
	if thousands.MatchString(cleaned) {
		cleaned = strings.ReplaceAll(cleaned, ",", "")
	}
	if !plain.MatchString(cleaned) && !power.MatchString(cleaned) {
		return n, "", false
	}
	n, err := decimal.NewFromString(cleaned)
	if err != nil || n.Abs().GreaterThan(largest) || n.Exponent() < -40 {
		return n, "", false
	}
	if cleaned != text || power.MatchString(text) {
		made = n.String()
	}
	return n, made, true
}

// when returns a date.
func (w row) when(column string) When {
	given := w.get(column)
	if given == "" {
		return When{}
	}
	date, made, ok := parseWhen(given)
	if !ok {
		w.repair(column, given, "", "it is not a date: dates are written 2021, 2021-07 or 2021-07-01")
		return When{}
	}
	if made != "" {
		w.repair(column, given, made, "a spreadsheet has rewritten the month")
	}
	return date
}

// period returns the period between the two columns of a period.
func (w row) period() Period {
	p := Period{From: w.when(periodStart).First}
	end := w.get(periodEnd)
	if strings.EqualFold(end, "current") {
		p.Open = true
		return p
	}
	p.To = w.when(periodEnd).Last
	if !p.From.IsZero() && !p.To.IsZero() && p.To.Before(p.From) {
		w.repair(periodEnd, w.get(periodStart)+" to "+end, "", "the period ends before it begins, so the row is kept without a period")
		return Period{}
	}
	return p
}

// currency returns a currency's code.
func (w row) currency(column string) string { return strings.ToUpper(w.get(column)) }
