package scenario

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// Document is a programme file that has been read and checked with all of its
// cases and variants. [Document.Version] makes programmes of it. It does not
// change, and several goroutines may use it at once.
type Document struct {
	root     *node
	cases    []editSet
	variants []editSet
	compare  []string
	ranges   []Range
	stresses []string         // the variants that are stresses
	together []string         // the stresses that make up AllAtOnce; nil if the file does not say
	fitting  func() []editSet // the stresses that fit, worked out once
	fitted   *once[uncertain.Law]
	tables   *once[*uncertain.Quick] // of the quantiles of laws
	beside   fs.FS                   // files beside that of the programme; nil where nobody knows
	certain  bool                    // what the file says of how well it is known is left out
}

// Read reads a programme file and checks all of it: without a case, with every
// case, and, on top of the first case, with every variant and with the stresses of
// [AllAtOnce], and that every case and variant can be drawn where something in it
// is uncertain. The name is for messages only. The error joins all faults in order
// of line, each a *model.Fault; if the file could not be read to its end, it is
// the error of the reader instead.
//
// A table of draws that a case names is looked for in the library alone: see [ReadBeside].
func Read(name string, r io.Reader) (*Document, error) {
	return ReadBeside(name, r, nil)
}

// ReadBeside reads a programme file as [Read] does, and tables of draws that it names from
// the files beside it or, failing that, from the library.
func ReadBeside(name string, r io.Reader, beside fs.FS) (*Document, error) {
	if r == nil {
		return nil, fmt.Errorf("%s: there is nothing to read from: give an open file", name)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d, findings := read(name, text, beside)
	if d == nil {
		return nil, join(findings)
	}
	findings = append(findings, d.checkAll()...)
	if len(findings) == 0 {
		findings = d.checkHeld()
	}
	if len(findings) == 0 { // otherwise the stresses would have them too
		findings = d.checkTogether()
	}
	if err := join(findings); err != nil {
		return nil, err
	}
	return d, nil
}

// read reads a file, and checks no more of it than how it is divided. The document is
// nil if it could not be read to its end.
func read(name string, text []byte, beside fs.FS) (*Document, []finding) {
	root, findings := parse(name, text)
	if root == nil {
		return nil, findings
	}
	findings = append(findings, root.nameQuarters(nil)...)
	d := &Document{root: root, beside: beside, fitted: &once[uncertain.Law]{}, tables: &once[*uncertain.Quick]{}}
	d.fitting = sync.OnceValue(d.findStresses)
	return d, append(findings, d.readCases()...)
}

// Assuming returns the document as if its file had these edits made to it, before
// every case. What is wrong with it then is an error, as in [Read].
func (d *Document) Assuming(edits ...Edit) (*Document, error) {
	if d.empty() {
		return nil, errEmpty
	}
	_, findings, e := d.with(edits)
	if err := join(findings); err != nil {
		return nil, err
	}
	assumed := *d
	assumed.root = e.root
	assumed.fitting = sync.OnceValue(assumed.findStresses)
	return &assumed, nil
}

// empty reports whether nothing has been read: there is no document, or it is a
// zero value.
func (d *Document) empty() bool { return d == nil || d.root == nil }

var errEmpty = errors.New("there is no programme file in this document: make it with Open or Read")

// Cases describes the cases in the order of the file.
func (d *Document) Cases() []CaseInfo {
	if d.empty() {
		return nil
	}
	return describe(d.cases)
}

// Variants describes the variants in the order of the file.
func (d *Document) Variants() []CaseInfo {
	if d.empty() {
		return nil
	}
	return describe(d.variants)
}

// Compare returns the names of the cases that a comparison shows by default: those
// that the file lists under compare, or all cases.
func (d *Document) Compare() []string {
	if d.empty() {
		return nil
	}
	return slices.Clone(d.compare)
}

// with applies edits and decodes what comes out. The editor knows what it
// changed, and how many groups of edits there were: the case, each variant, other
// edits.
func (d *Document) with(edits []Edit) (*model.Programme, []finding, *editor) {
	e := newEditor(d.root)
	for _, edit := range edits {
		e.apply(edit)
	}
	p, findings := decode(e.root, d.fitted, d.certain)
	e.settle()
	return p, append(e.findings, findings...), e
}

// checkAll decodes the file without a case, with every case, and with every variant
// on the first case. What is wrong without an edit is reported once; what is wrong
// only with one names the case or variant.
func (d *Document) checkAll() []finding {
	p, findings := decode(d.root, d.fitted, d.certain)
	if len(findings) >= mostFindings { // each case would have them too
		return findings
	}
	if len(d.cases) == 0 && len(findings) == 0 {
		findings = d.draws(p, d.root, "", "")
	}
	known := map[finding]bool{}
	for _, f := range findings {
		known[f] = true
		known[finding{changes: f.path}] = true // what follows from it is no fault of its own
	}
	var first []Edit
	if len(d.cases) > 0 {
		first = d.cases[0].edits
		findings = append(findings, d.check(first, "case", d.cases[0].Name, known, true)...)
	}
	// The others know what is wrong by then and add nothing to it, so they can
	// be checked at the same time.
	others := d.cases[min(1, len(d.cases)):]
	found := make([][]finding, len(others)+len(d.variants))
	var checks sync.WaitGroup
	for i, set := range others {
		checks.Go(func() { found[i] = d.check(set.edits, "case", set.Name, known, false) })
	}
	for i, set := range d.variants {
		edits := append(slices.Clone(first), set.edits...)
		checks.Go(func() { found[len(others)+i] = d.check(edits, "variant", set.Name, known, false) })
	}
	checks.Wait()
	return append(findings, slices.Concat(found...)...)
}

// check returns what is wrong with the edits of a case or variant beyond what is
// known. If add is set, it adds what it finds to what is known.
func (d *Document) check(edits []Edit, what, name string, known map[finding]bool, add bool) []finding {
	p, all, e := d.with(edits)
	if len(all) == 0 {
		all = d.draws(p, e.root, what, name)
	}
	var findings []finding
	for _, f := range all {
		seen := known[f] || f.changes != "" && known[finding{changes: f.changes}]
		if add {
			known[f] = true
		}
		if seen {
			continue
		}
		if !strings.HasPrefix(f.path, what+"s."+name+".") { // the path names it
			f.label = "in the " + what + " " + quote(name)
		}
		findings = append(findings, f)
	}
	return findings
}
