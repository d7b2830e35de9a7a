package scenario

import "io/fs"

// CaseInfo describes a case, a variant or a stress of a programme.
type CaseInfo struct {
	Name  string
	Note  string // what it means, in the words of the file
	Edits int    // how many settings it changes; a path with stars counts once
}

// editSet is a case or a variant.
type editSet struct {
	CaseInfo
	edits []Edit
	held  *conditioning // what the case is held to; nil for nothing
}

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

// mostCases bounds the work of checking a file.
const mostCases = 100

// readCases reads the cases and which of them to compare, and the variants and
// which of them are ranges and stresses.
func (d *Document) readCases() []finding {
	r := newDecoder(d.root)
	d.cases = r.editSets(d.root, "cases", d.beside)
	d.variants = r.editSets(d.root, "variants", nil)
	valid := namesOf("case", d.cases)
	d.compare = valid.valid
	if e, ok := d.root.entry("compare"); ok {
		d.compare = r.enter(e.value, "compare").nameList(valid)
	}
	d.readRanges(r)
	d.readStresses(r)
	return r.findings
}

// editSets reads the cases, which may name tables beside the file, or the variants.
func (d *decoder) editSets(root *node, setting string, beside fs.FS) []editSet {
	e, ok := root.entry(setting)
	if !ok {
		return nil
	}
	var sets []editSet
	for _, n := range d.enter(e.value, setting).named(setting, mostCases) {
		if problem := asVersion(n.name); problem != "" {
			n.fault("%s", problem)
		}
		sets = append(sets, d.editSet(n, setting == "cases", beside))
	}
	return sets
}

func (d *decoder) editSet(n named, isCase bool, beside fs.FS) editSet {
	names := []string{"note", "status", "source", "edits"}
	if isCase {
		names = append(names, conditionedOn)
	}
	f := n.fields(names...)
	set := editSet{CaseInfo: CaseInfo{Name: n.name, Note: f.may("note").text()}}
	if isCase {
		set.held = d.conditioning(f.may(conditionedOn), beside)
	}
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
