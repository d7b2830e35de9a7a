package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// versionsHelp is how versions are written, for the help of commands that take
// them.
const versionsHelp = `A version is a case, with or without variants, stresses and edits on top of it. Each
of them follows a plus sign with a space on either side. An edit stands in braces and
is written as for --set: path=value sets, path*=factor multiplies, path+=amount adds.
No case, variant or stress has a comma, a brace or a plus sign with spaces around it in
its name: a file with such a name is refused. Only the name of a file may have one, in
quotation marks.
A driver that stress --reverse lists may stand with an amount for its edits. All are
put on from left to right.
  medium
  medium + Life Chances Fund ends September 2024
  medium + referrals down 20% + {unit costs.residential=5200}
  medium + start delayed 6 months + referrals down 25%
  medium + {contract cap*=0.9} + {delivery.claims paid after+=30 days}`

// open reads the programme.
func (f *programmeFlags) open(to *streams) (*scenario.Document, error) {
	return openDocument(to, f.Programme)
}

// openOne reads the programme and makes the one version that a command is about, which its
// output is told of.
func (f *programmeFlags) openOne(to *streams, text string, out *outputFlags) (*scenario.Version, error) {
	d, err := f.open(to)
	if err != nil {
		return nil, err
	}
	v, err := f.version(d, text)
	if err != nil {
		return nil, err
	}
	out.about(v)
	return v, nil
}

// openDocument reads a programme. A plain name is one of the library, whatever the
// folder holds; anything with a path or an ending is a file.
func openDocument(to *streams, name string) (*scenario.Document, error) {
	_, err := os.Stat(name)
	there := err == nil
	if !isPath(name) {
		d, err := scenario.Open(name)
		switch {
		case err != nil && there:
			return nil, fmt.Errorf("there is no programme called %s in the library: to read what has this name in the present folder, write ./%s", name, name)
		case there:
			fmt.Fprintf(to.err, "%s is read from the library. The present folder holds something of this name too: to read that, write ./%s\n", name, name)
		}
		return d, err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s: edgeofcare init %s writes one to start from", name, name)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return scenario.ReadBeside(name, file, os.DirFS(filepath.Dir(name)))
}

// isPath reports whether a name is that of a file: it has a path or an ending.
func isPath(name string) bool {
	return strings.ContainsRune(name, os.PathSeparator) || strings.ContainsRune(name, '/') || filepath.Ext(name) != ""
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
	return sensitivity.Version(d, text, edits...)
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

// oneCase is the version of a case with what is put on top, or of the middle case where
// none is given.
func (f *onTop) oneCase(d *scenario.Document, text string) (*scenario.Version, error) {
	if text == "" {
		text = middle(d)
	}
	return f.version(d, text)
}

// middle is the case in the middle of those that the file compares: medium, of
// low, medium and high. It is empty if the file has no cases.
func middle(d *scenario.Document) string {
	cases := d.Compare()
	if slices.Contains(cases, "medium") { // whatever stands beside low, medium and high
		return "medium"
	}
	if len(cases) == 0 {
		return ""
	}
	return cases[(len(cases)-1)/2]
}
