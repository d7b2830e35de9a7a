package scenario

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// AllAtOnce is the name of the stress that is several stresses together.
const AllAtOnce = "all at once"

//go:embed stresses.yaml
var stresses []byte

// Stresses describes the stresses that fit the programme: those of the file in
// its order, then the common ones that come with this package. A common stress
// fits if it can be applied to every case; a variant of the file with the name of
// a common stress replaces it. AllAtOnce is last, if at least two of its parts
// fit; its edits are those of its parts in order, so that each part goes on from
// the result of the one before.
func (d *Document) Stresses() []CaseInfo {
	if d.empty() {
		return nil
	}
	return describe(d.fitting())
}

// stressList is a set of stresses, and those that make up AllAtOnce.
type stressList struct {
	sets     []editSet
	together []string
}

// common are the stresses of every programme.
var common = sync.OnceValue(func() stressList {
	root, findings := parse("stresses.yaml", stresses)
	r := newDecoder(root)
	list := stressList{sets: r.editSets(root, "variants", nil)}
	e, _ := root.entry(AllAtOnce)
	list.together = r.enter(e.value, AllAtOnce).nameList(namesOf("stress", list.sets))
	if err := join(append(findings, r.findings...)); err != nil { // the file is a constant
		panic(err)
	}
	return list
})

// namesOf returns the names of cases, variants or stresses.
func namesOf(what string, sets []editSet) names {
	all := names{what: what}
	for _, set := range sets {
		all.valid = append(all.valid, set.Name)
	}
	return all
}

// readStresses reads which variants are stresses, and which stresses make up
// AllAtOnce.
func (d *Document) readStresses(r *decoder) {
	if slices.ContainsFunc(d.variants, func(set editSet) bool { return set.Name == AllAtOnce }) {
		e, _ := d.root.entry("variants")
		variant, _ := e.value.inner().entry(AllAtOnce)
		r.fault(variant.at, "variants."+AllAtOnce, "this is the name of several stresses together: give the variant another name")
	}
	unread := false
	if e, ok := d.root.entry("stresses"); ok {
		c := r.enter(e.value, "stresses")
		d.stresses = c.nameList(namesOf("variant", d.variants))
		unread = !c.sound()
	}
	if e, ok := d.root.entry(AllAtOnce); ok {
		d.readTogether(r.enter(e.value, AllAtOnce), unread)
	}
}

// readTogether reads which stresses make up AllAtOnce, common ones among them.
// Unread says that the file's own stresses could not be read.
func (d *Document) readTogether(c cursor, unread bool) {
	valid := names{what: "stress", unread: unread}
	for _, name := range slices.Concat(d.stresses, namesOf("", common().sets).valid) {
		if !slices.Contains(valid.valid, name) {
			valid.valid = append(valid.valid, name)
		}
	}
	d.together = c.nameList(valid)
	if c.sound() && len(d.together) == 1 {
		c.fault("there is only %s: name at least two stresses, or remove the line", quote(d.together[0]))
	}
}

// checkTogether checks AllAtOnce, if the file says what it is, on the first case, as
// variants are.
func (d *Document) checkTogether() []finding {
	e, ok := d.root.entry(AllAtOnce)
	if !ok {
		return nil
	}
	list := e.value.inner()
	findings := d.misfits(list)
	if len(findings) > 0 {
		return findings
	}
	_, findings, _ = d.with(append(d.firstCase(), d.edits(d.together)...))
	for i, f := range findings {
		if f.at.file != list.at.file { // in the common stresses, which the author of this file has not seen
			findings[i].at = list.at
		}
		findings[i].label = "in " + quote(AllAtOnce)
	}
	return findings
}

// misfits reports the common stresses in the file's list that do not fit.
func (d *Document) misfits(list *node) []finding {
	var findings []finding
	for i, name := range d.together {
		if _, ok := d.stress(name); ok {
			continue
		}
		set, _ := find("", common().sets, name) // as it is no variant
		findings = append(findings, list.items[i].inner().at.fault(under(AllAtOnce, nth(i)),
			"%s does not fit this programme: %s", quote(name), d.misfit(set.edits)))
	}
	return findings
}

// firstCase returns the edits of the first case, if there is one.
func (d *Document) firstCase() []Edit {
	if len(d.cases) == 0 {
		return nil
	}
	return slices.Clone(d.cases[0].edits)
}

// stress returns a stress by name: a variant, or a common one if it fits.
func (d *Document) stress(name string) (editSet, bool) {
	if set, err := find("", d.variants, name); err == nil {
		return set, true
	}
	set, err := find("", common().sets, name)
	return set, err == nil && d.misfit(set.edits) == ""
}

// misfit says why edits cannot be applied to one of the cases; empty if they can
// be applied to all.
func (d *Document) misfit(edits []Edit) string {
	cases := d.cases
	if len(cases) == 0 {
		cases = []editSet{{}} // the file without a case
	}
	for _, set := range cases {
		if _, findings, _ := d.with(slices.Concat(set.edits, edits)); len(findings) > 0 {
			return findings[0].problem
		}
	}
	return ""
}

// edits returns the edits of several stresses, in order.
func (d *Document) edits(names []string) []Edit {
	var all []Edit
	for _, name := range names {
		set, _ := d.stress(name)
		all = append(all, set.edits...)
	}
	return all
}

// findStresses returns the stresses that fit.
func (d *Document) findStresses() []editSet {
	var fitting []editSet
	for _, name := range d.stresses {
		set, _ := d.stress(name)
		fitting = append(fitting, set)
	}
	for _, name := range namesOf("", common().sets).valid {
		if slices.Contains(d.stresses, name) {
			continue
		}
		if set, ok := d.stress(name); ok {
			fitting = append(fitting, set)
		}
	}
	if set, ok := d.combination(fitting); ok {
		fitting = append(fitting, set)
	}
	return fitting
}

// combination returns AllAtOnce, if at least two of its parts fit: those that the
// file names, or the common ones by default.
func (d *Document) combination(fitting []editSet) (editSet, bool) {
	named := d.together
	if named == nil {
		named = common().together
	}
	set := editSet{CaseInfo: CaseInfo{Name: AllAtOnce}}
	var parts []string
	for _, name := range named {
		if part, err := find("", fitting, name); err == nil {
			parts = append(parts, name)
			set.edits = append(set.edits, part.edits...)
		}
	}
	set.Note = "These together: " + words.And(parts) + "."
	set.Edits = len(set.edits)
	if d.together == nil && d.misfit(set.edits) != "" { // a list of the file's own was checked when it was read
		return set, false
	}
	return set, len(parts) > 1
}
