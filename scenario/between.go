package scenario

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
)

// Between is what lies between two versions of one programme file: the settings in which
// they differ, each of which can be switched from the first to the second by itself. How
// well inputs are known is left out: programmes are at their stated values.
type Between struct {
	From, To    *Version
	Differences []Difference
	from, to    *node // the files with their edits
	document    *Document
}

// Difference is a setting in which two versions differ.
type Difference struct {
	Path model.Path `json:"path"`
	From string     `json:"from,omitempty"` // as written; empty where it is not there
	To   string     `json:"to,omitempty"`
	By   string     `json:"by"` // the case, variant or stress that set it, or "edit"
}

// notOfProgramme are the parts of a file that change nothing at stated values.
var notOfProgramme = append([]string{"uncertain", "published", "sources", "evidence", "measures", "about", "cautions"}, fixed...)

// NewBetween compares two versions of one file. The errors are [ErrNoDocument] and those of
// [Version.Certain], and one for versions of different files.
func NewBetween(from, to *Version) (*Between, error) {
	if from.Document().empty() || to.Document().empty() {
		return nil, ErrNoDocument
	}
	if a, b := from.document.root, to.document.root; a != b && a.inline() != b.inline() {
		return nil, errors.New("the two versions are of different programme files: what lies between them cannot be switched setting by setting")
	}
	b := &Between{document: from.document}
	var err error
	if b.From, b.from, err = from.tree(); err != nil {
		return nil, err
	}
	if b.To, b.to, err = to.tree(); err != nil {
		return nil, err
	}
	b.compare(b.from, b.to, "")
	return b, nil
}

// tree is the version at stated values, and the file with its edits.
func (v *Version) tree() (*Version, *node, error) {
	certain, err := v.Certain()
	if err != nil {
		return nil, nil, err
	}
	var all []Edit
	if v.Case != "" {
		set, err := find("case", v.document.cases, v.Case)
		if err != nil {
			return nil, nil, err
		}
		all = slices.Clone(set.edits)
	}
	_, first, err := v.chosen(v.document.root)
	if err != nil {
		return nil, nil, err
	}
	_, findings, editor := v.document.with(append(append(all, first...), v.edits...))
	return certain, editor.root, join(findings)
}

// compare lists the settings in which two nodes differ.
func (b *Between) compare(x, y *node, path string) {
	x, y = x.inner(), y.inner()
	if x.kind != block || y.kind != block {
		if x.inline() != y.inline() {
			b.add(path, x.inline(), y.inline())
		}
		return
	}
	for _, e := range x.entries {
		at := under(path, e.name)
		if path == "" && slices.Contains(notOfProgramme, e.name) {
			continue
		}
		if other, ok := y.entry(e.name); ok {
			b.compare(e.value, other.value, at)
		} else {
			b.add(at, e.value.inline(), "")
		}
	}
	for _, e := range y.entries {
		if _, ok := x.entry(e.name); !ok && (path != "" || !slices.Contains(notOfProgramme, e.name)) {
			b.add(under(path, e.name), "", e.value.inline())
		}
	}
}

// add adds a setting with who set it: the last that did in the second version or, if none
// did, in the first.
func (b *Between) add(path, from, to string) {
	d := Difference{Path: model.Path(path), From: from, To: to}
	for _, v := range []*Version{b.From, b.To} {
		for _, c := range v.Changes {
			if c.Path == path || strings.HasPrefix(path, c.Path+".") || strings.HasPrefix(c.Path, path+".") {
				d.By = c.By
			}
		}
	}
	b.Differences = append(b.Differences, d)
}

// Mixed is the first version with some differences switched to the second, by their places.
// The errors are the faults of a programme that cannot be, as where one switch needs
// another.
func (b *Between) Mixed(switched func(i int) bool) (*Version, error) {
	number := 0
	for i := range b.Differences {
		if switched(i) {
			number++
		}
	}
	switch number {
	case 0:
		return b.From, nil
	case len(b.Differences):
		return b.To, nil
	}
	root := b.from.clone()
	for i, d := range b.Differences {
		if !switched(i) {
			continue
		}
		if err := root.replace(strings.Split(string(d.Path), "."), b.to); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Path, err)
		}
	}
	p, findings := decode(root, b.document.fitted, true)
	if err := join(findings); err != nil {
		return nil, err
	}
	return &Version{Programme: p, Case: b.To.Case}, nil
}

// replace puts what another tree has at a path in the place of what is there, takes it away
// where the other has nothing, and adds it where there is nothing.
func (n *node) replace(names []string, other *node) error {
	n, other = n.inner(), other.inner()
	i := slices.IndexFunc(n.entries, func(e entry) bool { return e.name == names[0] })
	theirs, there := other.entry(names[0])
	switch {
	case len(names) > 1 && i >= 0 && there:
		return n.entries[i].value.replace(names[1:], theirs.value)
	case len(names) > 1:
		return errors.New("the setting is not in both versions")
	case there && i >= 0:
		n.entries[i].value = theirs.value.clone()
	case there:
		n.entries = append(n.entries, entry{name: theirs.name, at: theirs.at, value: theirs.value.clone()})
	case i >= 0:
		n.entries = slices.Delete(n.entries, i, i+1)
	}
	return nil
}
