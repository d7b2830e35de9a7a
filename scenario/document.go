package scenario

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/edgeofcare/edgeofcare/model"
)

// Document is a programme file that has been read and checked with all of its
// cases and variants. [Document.Version] makes programmes of it. It does not
// change, and several goroutines may use it at once.
type Document struct {
	root     *node
	title    string
	cases    []editSet
	variants []editSet
	compare  []string
	ranges   []Range
	stresses []string         // the variants that are stresses
	together []string         // the stresses that make up AllAtOnce; nil if the file does not say
	fitting  func() []editSet // the stresses that fit, worked out once
}

// editSet is a case or a variant.
type editSet struct {
	CaseInfo
	edits []Edit
}

// CaseInfo describes a case, a variant or a stress of a programme.
type CaseInfo struct {
	Name  string
	Note  string // what it means, in the words of the file
	Edits int    // how many settings it changes; a path with stars counts once
}

// Read reads a programme file and checks all of it: without a case, with every
// case, and, on top of the first case, with every variant and with the stresses of
// [AllAtOnce]. The name is for messages only. The error joins all faults in order
// of line, each a *model.Fault; if the file could not be read to its end, it is
// the error of the reader instead.
func Read(name string, r io.Reader) (*Document, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	root, findings := parse(name, text)
	if root == nil {
		return nil, join(findings)
	}
	d := &Document{root: root}
	findings = append(findings, d.readCases()...)
	findings = append(findings, d.checkAll()...)
	if len(findings) == 0 { // otherwise the stresses would have them too
		findings = d.checkTogether()
	}
	d.fitting = sync.OnceValue(d.findStresses)
	if err := join(findings); err != nil {
		return nil, err
	}
	return d, nil
}

// Title is the programme's name in full.
func (d *Document) Title() string { return d.title }

// Cases describes the cases in the order of the file.
func (d *Document) Cases() []CaseInfo { return describe(d.cases) }

// Variants describes the variants in the order of the file.
func (d *Document) Variants() []CaseInfo { return describe(d.variants) }

// Compare returns the names of the cases that a comparison shows by default: those
// that the file lists under compare, or all cases.
func (d *Document) Compare() []string { return slices.Clone(d.compare) }

func find(what string, sets []editSet, name string) (editSet, error) {
	var valid []string
	for _, set := range sets {
		if set.Name == name {
			return set, nil
		}
		valid = append(valid, set.Name)
	}
	return editSet{}, &NameError{What: what, Name: name, Valid: valid}
}

func describe(sets []editSet) []CaseInfo {
	var all []CaseInfo
	for _, set := range sets {
		all = append(all, set.CaseInfo)
	}
	return all
}

// with applies edits and decodes what comes out. The editor knows what it
// changed, and how many groups of edits there were: the case, each variant, other
// edits.
func (d *Document) with(edits []Edit) (*model.Programme, []finding, *editor) {
	e := newEditor(d.root)
	for _, edit := range edits {
		e.apply(edit)
	}
	p, findings := decode(e.root)
	return p, append(e.findings, findings...), e
}

// checkAll decodes the file without a case, with every case, and with every variant
// on the first case. What is wrong without an edit is reported once; what is wrong
// only with one names the case or variant.
func (d *Document) checkAll() []finding {
	p, findings := decode(d.root)
	d.title = p.Title
	if len(findings) >= mostFindings { // each case would have them too
		return findings
	}
	known := map[finding]bool{}
	for _, f := range findings {
		known[f] = true
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
	_, all, _ := d.with(edits)
	var findings []finding
	for _, f := range all {
		seen := known[f]
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

// mostCases bounds the work of checking a file.
const mostCases = 100

// readCases reads the cases and which of them to compare, and the variants and
// which of them are ranges and stresses.
func (d *Document) readCases() []finding {
	r := newDecoder(d.root)
	d.cases = r.editSets(d.root, "cases")
	d.variants = r.editSets(d.root, "variants")
	valid := namesOf("case", d.cases)
	d.compare = valid.valid
	if e, ok := d.root.entry("compare"); ok {
		d.compare = r.enter(e.value, "compare").nameList(valid)
	}
	d.readRanges(r)
	d.readStresses(r)
	return r.findings
}

// editSets reads the cases or the variants.
func (d *decoder) editSets(root *node, setting string) []editSet {
	e, ok := root.entry(setting)
	if !ok {
		return nil
	}
	var sets []editSet
	for _, n := range d.enter(e.value, setting).named(setting, mostCases) {
		sets = append(sets, d.editSet(n))
	}
	return sets
}

func (d *decoder) editSet(n named) editSet {
	f := n.fields("note", "status", "source", "edits")
	set := editSet{CaseInfo: CaseInfo{Name: n.name, Note: f.may("note").text()}}
	outer := f.evidence()
	edits := f.may("edits")
	if !edits.given() {
		return set
	}
	for _, e := range edits.named("settings to change", mostTexts) {
		if !e.given() {
			continue // the fault is recorded
		}
		if e.n.kind == scalar {
			if factor, ok := multiplication(e.n.text); ok {
				e.fault("%s is not a value: to multiply the present number, write {times: %s}", quote(e.n.text), factor)
				continue
			}
		}
		setting, _ := edits.n.entry(e.name)
		if setting == nil { // a name without quotation marks: the fault is recorded
			continue
		}
		if sum, _ := setting.value.sum(); sum != none {
			e.beside()
		}
		set.edits = append(set.edits, fileEdit(*setting, e.path, n.name, outer))
	}
	set.Edits = len(set.edits)
	return set
}

// beside checks where a number that is worked out comes from; the rest of
// {times: …} or {plus: …} is the edit's to check.
func (n named) beside() {
	for _, e := range n.n.entries {
		at := n.d.enter(e.value, under(n.path, e.name))
		switch e.name {
		case "status":
			at.unmarshal(new(model.Status), aStatus)
		case "source":
			at.source()
		case "note":
			at.text()
		case solvedFor:
			n.d.solvedFor(at)
		}
	}
}

// evidence reads where the values of a case, or of the whole file, come from.
func (f fields) evidence() evidence {
	if !f.given() {
		return evidence{}
	}
	f.may("note").text()
	f.may("source").source()
	if status := f.may("status"); status.given() {
		status.unmarshal(new(model.Status), aStatus)
	}
	return f.n.ownEvidence()
}

var aStatus = want{what: "published, derived or assumed"}
