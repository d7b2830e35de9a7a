package scenario

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
)

//go:embed library/*.yaml library/*.csv
var library embed.FS

//go:embed template.yaml
var template []byte

const extension = ".yaml"

// Library returns the programme files that come with this package: one file
// for each programme, called by its name, such as dn2.yaml, and the tables of draws that
// they name.
func Library() fs.FS {
	files, err := fs.Sub(library, "library")
	if err != nil { // the name is a constant
		panic(err)
	}
	return files
}

// ProgrammeInfo describes a programme of the library.
type ProgrammeInfo struct {
	Name  string // as Open takes it
	Title string
}

// List describes the programmes of the library in alphabetical order.
func List() []ProgrammeInfo {
	var all []ProgrammeInfo
	for _, name := range libraryNames() {
		info := ProgrammeInfo{Name: name}
		text, _ := fs.ReadFile(Library(), name+extension) // it is there
		if root, _ := parse(name, text); root != nil {
			if title, ok := root.entry("title"); ok {
				info.Title = title.value.inner().text
			}
		}
		all = append(all, info)
	}
	return all
}

// libraryNames returns the names of the programmes of the library in
// alphabetical order.
func libraryNames() []string {
	files, _ := fs.Glob(Library(), "*"+extension) // the pattern is a constant
	for i, file := range files {
		files[i] = strings.TrimSuffix(file, extension)
	}
	slices.Sort(files)
	return files
}

// Open reads a programme of the library by name. The error for a name that the
// library does not have is a *NameError. Not every case and variant is checked, as
// [Read] does: the files come with this package, and its tests read them all.
func Open(name string) (*Document, error) {
	if valid := libraryNames(); !slices.Contains(valid, name) {
		return nil, &NameError{What: "programme", Name: name, Valid: valid}
	}
	text, err := fs.ReadFile(Library(), name+extension)
	if err != nil {
		return nil, err
	}
	d, findings := read(name+extension, text, nil)
	if err := join(findings); err != nil {
		return nil, err
	}
	return d, nil
}

// Template returns a programme file to start from: a small invented programme
// that can be run as it is, with a comment on every setting of the format. Its
// figures are illustrative, not evidence.
func Template() []byte { return slices.Clone(template) }
