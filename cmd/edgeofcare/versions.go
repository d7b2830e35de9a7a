package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// versionsHelp is how versions are written, for the help of commands that take
// them.
const versionsHelp = `A version is a case, with or without variants, stresses and edits on top of it. Each
of them follows a plus sign with a space on either side. An edit stands in braces and
is written as for --set: path=value sets, path*=factor multiplies, path+=amount adds.
A name that holds a comma, a brace or a plus sign stands in quotation marks.
  medium
  medium + Life Chances Fund ends September 2024
  medium + referrals down 20% + {unit costs.residential=5200}
  medium + {contract cap*=0.9} + {delivery.claims paid after+=30 days}`

// open reads the programme.
func (f *programmeFlags) open() (*scenario.Document, error) { return openDocument(f.Programme) }

// openDocument reads a file where there is one or the name looks like one,
// otherwise a programme of the library.
func openDocument(name string) (*scenario.Document, error) {
	file, err := os.Open(name)
	switch {
	case err == nil:
		defer file.Close()
		return scenario.Read(name, file)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml"):
		return nil, fmt.Errorf("there is no file %s: edgeofcare init %s writes one to start from", name, name)
	}
	return scenario.Open(name)
}

// version returns a version of the programme with --with and --set on top.
func (f *onTop) version(d *scenario.Document, text string) (*scenario.Version, error) {
	for _, name := range f.With {
		text += " + " + name
	}
	var edits []scenario.Edit
	for _, one := range f.Set {
		edit, err := scenario.ParseEdit(one)
		if err != nil {
			return nil, &usageError{err}
		}
		edits = append(edits, edit)
	}
	return d.Version(text, edits...)
}

// versions returns the versions of a list, or those that the file compares.
func (f *onTop) versions(d *scenario.Document, list string) ([]*scenario.Version, error) {
	texts := d.Compare()
	if list != "" {
		var err error
		if texts, err = scenario.SplitVersions(list); err != nil {
			return nil, err
		}
	}
	if len(texts) == 0 {
		texts = []string{""} // the file as it stands
	}
	var all []*scenario.Version
	for _, text := range texts {
		v, err := f.version(d, text)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// middle is the case in the middle of those that the file compares: medium, of
// low, medium and high. It is empty if the file has no cases.
func middle(d *scenario.Document) string {
	cases := d.Compare()
	if len(cases) == 0 {
		return ""
	}
	return cases[(len(cases)-1)/2]
}
