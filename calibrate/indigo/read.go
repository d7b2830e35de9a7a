package indigo

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Dataset is what the files of an export say, project by project, and what was
// wrong with them.
type Dataset struct {
	// Projects are in the order of the projects file. Those that are only in
	// other files come after them, with an id and no name.
	Projects []Project
	// Files are the tables that can be read, with the file of each.
	Files []File
	// Repairs are what was not read as it is written, in the order of files and
	// rows. Every row is in the dataset or among these.
	Repairs []Repair
	// Notes are what was read as it is written although it cannot all be right.
	Notes []Note
	// Unread are the other CSV files in the folder.
	Unread []string
}

// File is one table of an export.
type File struct {
	Table string // projects, projects_results and so on
	Name  string // of the file; empty if there is none, in which case the table is empty
	Rows  int    // below the header, without blank lines
	Used  int    // of these; the others are among the repairs
}

// Read reads the files of an export in a folder: CSV files named as INDIGO names
// them, such as projects_outcome_payments.csv, with or without a prefix such as
// original_. Columns are found by name. A missing file leaves its table empty.
//
// What can be repaired or left out is, and Repairs says so. Anything else is an
// error: a file that is not text or not CSV, a needed column that is missing, two
// files for one table, or no file at all. The error then has a line for each
// fault, with file, row, column and remedy, and there is no dataset.
func Read(fsys fs.FS) (*Dataset, error) {
	d := &Dataset{}
	r := &reader{data: d, byID: map[string]int{}, plans: map[[2]string]Period{}, organisations: map[string]string{}}
	all := tables()
	files, faults := find(fsys, all, d)
	var sheets []*sheet
	for i, t := range all {
		d.Files = append(d.Files, File{Table: t.name, Name: files[t.name]})
		sheets = append(sheets, nil)
		if files[t.name] == "" {
			continue
		}
		var bad []*fault
		sheets[i], bad = open(fsys, files[t.name], t)
		faults = append(faults, bad...)
	}
	if len(faults) > 0 {
		return nil, join(faults)
	}
	for i, t := range all {
		if s := sheets[i]; s != nil {
			r.read(s, t, &d.Files[i])
		} else if t.name == organisationsTable {
			d.Notes = append(d.Notes, Note{Text: "there is no file organisations.csv, so organisations have ids and no names"})
		} else {
			d.Notes = append(d.Notes, Note{Text: "there is no file " + t.name + ".csv, so its table is empty"})
		}
	}
	for i := range d.Projects {
		r.tidy(&d.Projects[i])
		r.called(&d.Projects[i])
		d.Notes = append(d.Notes, contradictionsOf(&d.Projects[i])...)
	}
	for i, p := range d.Projects {
		for _, n := range d.Notes {
			if n.Project == p.ID && p.ID != "" {
				d.Projects[i].Doubts = append(d.Projects[i].Doubts, n)
			}
		}
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
func find(fsys fs.FS, all []table, d *Dataset) (map[string]string, []*fault) {
	const folder = "folder"
	if fsys == nil {
		return nil, []*fault{{file: folder, problem: "there is no folder to read"}}
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, []*fault{{file: folder, problem: "the folder cannot be read: " + err.Error(), cause: err}}
	}
	files := map[string]string{}
	var faults []*fault
	var folders []string
	for _, e := range entries {
		name, known := tableOf(e.Name(), all)
		switch {
		case e.IsDir():
			folders = append(folders, e.Name())
		case known && files[name] != "":
			faults = append(faults, &fault{file: e.Name(), problem: fmt.Sprintf(
				"this file and %s both hold the table %s: keep one of them in the folder", quote(files[name]), name)})
		case known:
			files[name] = e.Name()
		case strings.HasSuffix(strings.ToLower(e.Name()), ".csv"):
			d.Unread = append(d.Unread, e.Name())
		}
	}
	if len(files) == 0 {
		problem := "there is no file of an INDIGO export in the folder, such as projects.csv"
		if len(folders) > 0 {
			problem += "; open one of the folders in it: " + list(folders, 10)
		}
		faults = append(faults, &fault{file: folder, problem: problem})
	}
	return files, faults
}

// Project returns the project with an id or, if there is none, the one project
// that has the text in its name, in another of its names or in its id, such as
// DN2 or 0201. Capitals and kinds of apostrophe do not matter. It reports false if
// no project matches or more than one does.
func (d *Dataset) Project(id string) (Project, bool) {
	id = fold(id)
	if d == nil || id == "" {
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

// which returns the places of the projects that fit.
func (d *Dataset) which(fits func(Project) bool) (all []int) {
	for i, p := range d.Projects {
		if fits(p) {
			all = append(all, i)
		}
	}
	return all
}

// fold is a text without differences that do not matter when it is looked for.
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
	plans         map[[2]string]Period
	organisations map[string]string // names by folded id
	// payments is the sheet of payments.
	payments *sheet
}

// place is where a file comes in the order of files.
func (r *reader) place(file string) int {
	return slices.IndexFunc(r.data.Files, func(f File) bool { return f.Name == file })
}

// read takes over the rows of a sheet.
func (r *reader) read(s *sheet, t table, f *File) {
	var absent []string
	for _, c := range t.useful {
		if _, ok := s.column[canon(c)]; !ok {
			absent = append(absent, strconv.Quote(c))
		}
	}
	switch len(absent) {
	case 0:
	case 1:
		r.data.Notes = append(r.data.Notes, Note{File: s.file, Row: 1, Text: "there is no column " + absent[0] + ", so it is left empty"})
	default:
		r.data.Notes = append(r.data.Notes, Note{File: s.file, Row: 1, Text: "there are no columns " + words.And(absent) + ", so they are left empty"})
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
