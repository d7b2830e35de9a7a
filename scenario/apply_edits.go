package scenario

import (
	"slices"
	"strings"
)

// editor applies edits to a document of its own.
type editor struct {
	root     *node
	findings []finding
	layer    int      // of the group of edits being applied
	by       string   // whose edits the group is
	budget   int      // how many more nodes may be visited or made
	edit     Edit     // being applied
	names    []string // of its path
	lame     bool     // a fault of it is recorded
	changes  []Change
	products []multiple
}

// maxEdited bounds the work of one set of edits.
const maxEdited = 100_000

// fixed are the settings of a file that no edit can change.
var fixed = []string{"format", "cases", "compare", "variants", "ranges", "stresses", "all at once", "alternatives", "correlations"}

// newEditor edits a copy of a file, which shares with it what no edit can change.
func newEditor(root *node) *editor { return &editor{root: root.cloneBut(fixed), budget: maxEdited} }

// apply applies one edit.
func (e *editor) apply(edit Edit) {
	if e.layer == 0 || e.by != edit.by {
		e.layer, e.by = e.layer+1, edit.by
	}
	edit.at.layer = e.layer
	if len(edit.faults) > 0 {
		for _, f := range edit.faults {
			f.at.layer = e.layer
			e.findings = append(e.findings, f)
		}
		return
	}
	e.edit, e.lame = edit, false
	names := strings.Split(edit.path, ".")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
		if names[i] == "" {
			e.fault("a name in the path is empty: write names with one full stop between them")
			return
		}
		names[i] = heldAs(names[:i], names[i])
	}
	e.names = names
	if slices.Contains(fixed, names[0]) {
		e.fault("%s cannot be changed by an edit", quote(names[0]))
		return
	}
	e.walk(e.root, "", names)
}

// fault records what is wrong with the edit being applied. One fault is enough,
// however many settings a star applies to.
func (e *editor) fault(problem string, args ...any) {
	if e.lame {
		return
	}
	e.lame = true
	e.findings = append(e.findings, e.edit.fault(problem, args...))
}

// spend reports whether the budget allows n more nodes.
func (e *editor) spend(n int) bool {
	if e.budget >= 0 && e.budget < n {
		e.fault("the edits change too many settings at once")
	}
	if e.budget < n {
		e.budget = -1
		return false
	}
	e.budget -= n
	return true
}

// slot is a place in a document where a node hangs.
type slot struct {
	name string
	node **node
}

// walk follows the names of the path from a node that is reached by done.
func (e *editor) walk(n *node, done string, names []string) {
	n = n.inner()
	if !e.spend(1) {
		return
	}
	name, last := names[0], len(names) == 1
	slots := n.slots(name)
	isNew := len(slots) == 0 && n.kind == block && name != "*"
	switch {
	case isNew && last && slices.Contains(closed, done):
		e.lost(n, done, name, last)
	case isNew && last && slices.Contains(defining, done) && isAlmost(name, n.names()):
		e.lost(n, done, name, last)
	case isNew && last && e.edit.sum == none:
		n.entries = append(n.entries, entry{name: name, at: e.edit.at, value: e.made()})
		e.note(under(done, name), was{}, n.entries[len(n.entries)-1].value)
	case isNew && !last && mayBeNew(done, name):
		n.entries = append(n.entries, entry{name: name, at: e.edit.at, value: &node{kind: block, at: e.edit.at}})
		e.walk(n.entries[len(n.entries)-1].value, under(done, name), names[1:])
	case len(slots) == 0:
		e.lost(n, done, name, last)
	}
	for _, s := range slots {
		if last {
			e.change(s, under(done, s.name))
		} else {
			e.walk(*s.node, under(done, s.name), names[1:])
		}
	}
}

// defining are the blocks whose names are defined in them: a new one that is all
// but equal to one that is there is a mistake.
var defining = []string{"commissioners", "states", "cohorts", "metrics", "payers", "measures", "sources", "delivery.fees", "facility.investors"}

// closed are the blocks to which an edit can add no name: a short name of an
// investor would become another investor. The whole block can be set.
var closed = []string{"facility.investors"}

// mayBeNew reports whether an edit may make the block of that name: a cohort's
// own background, and the state in it.
func mayBeNew(done, name string) bool {
	return name == "background" || done == "background" || strings.HasSuffix(done, ".background")
}

// slots are the places that a name of a path means.
func (n *node) slots(name string) []slot {
	var found []slot
	for i := range n.entries {
		if e := &n.entries[i]; name == "*" || name == e.name {
			found = append(found, slot{e.name, &e.value})
		}
	}
	for i := range n.items {
		if name == "*" || name == nth(i) {
			found = append(found, slot{nth(i), &n.items[i]})
		}
	}
	return found
}

// verbs say what a sum does.
var verbs = []string{times: "multiply", plus: "add to"}

// lost says how far the path could be followed and what there is. The name may
// be the last of the path.
func (e *editor) lost(n *node, done, name string, last bool) {
	where := quote(done)
	if done == "" {
		where = "the programme"
	}
	names := slices.DeleteFunc(n.names(), func(name string) bool { return done == "" && slices.Contains(fixed, name) })
	near, mistyped := nearest(name, names)
	switch {
	case n.kind == sequence:
		e.fault("%s is a list of %d: name an item by its number, from 1 to %d, or write * for all", where, len(n.items), len(n.items))
	case n.kind != block:
		e.fault("%s is the single value %s and has no %s: set the whole of %s", where, quote(n.text), quote(name), where)
	case len(names) == 0:
		e.fault("%s is empty: there is nothing for %s to change", where, quote(name))
	case mistyped:
		e.fault("%s has no %s: did you mean %s? It has %s", where, quote(name), quote(near), listNear(name, names))
	case last && e.edit.sum != none:
		e.fault("%s has no %s to %s: it has %s; write it in the file first", where, quote(name), verbs[e.edit.sum], listNear(name, names))
	default:
		e.fault("%s has no %s: it has %s", where, quote(name), listNear(name, names))
	}
}

// change puts the edit's value, or what it works out, into a slot.
func (e *editor) change(s slot, path string) {
	whole := *s.node
	old := whole.inner()
	if amount, ok := old.indexedAmount(); ok && e.edit.sum != none {
		e.change(slot{amount.name, &amount.value}, under(path, amount.name))
		return
	}
	before := whole.was()
	if e.edit.sum == none {
		*s.node = e.made().saying(whole, nil)
		e.note(path, before, *s.node)
		return
	}
	if e.edit.sum == times && old.isRate() {
		e.scale(old, path)
		return
	}
	text, note, err := e.edit.workOut(old)
	var laws []entry
	if err == nil {
		laws, err = e.edit.workOutLaws(whole, old)
	}
	if err != nil {
		if !e.lame {
			e.fault("%s %s", quote(path), err)
			e.findings[len(e.findings)-1].changes = path
		}
		return
	}
	set := &origin{by: e.edit.owner(), evidence: e.edit.source, product: e.edit.sum == times}
	if set.evidence.note == "" {
		set.evidence.note = note
	}
	made := &node{kind: scalar, text: text, at: e.edit.at, set: set}
	*s.node = made.saying(whole, laws)
	e.note(path, before, *s.node)
	e.products = append(e.products, multiple{*s.node, len(e.changes) - 1})
}

// indexedAmount returns the amount of a block that holds an amount and its own
// indexation and nothing else: to multiply it or to add to it can mean nothing
// else.
func (n *node) indexedAmount() (*entry, bool) {
	amount, ok := n.entry("amount")
	_, indexed := n.entry("indexation")
	return amount, n.kind == block && ok && indexed && len(n.entries) == 2
}

// saying returns a new value with what the old one says of itself beside where it
// comes from, as a published total says its kind: another value is another
// figure from elsewhere, of the same thing. How well the old one was known is no
// part of that: laws is how well the new one is.
func (n *node) saying(old *node, laws []entry) *node {
	kept := laws
	if _, wrapped := old.entry("value"); old.kind == block && wrapped {
		for _, e := range old.entries {
			if _, own := n.entry(e.name); !own && e.name != "value" && !slices.Contains(besideValue, e.name) && !slices.Contains(lawNames, e.name) {
				kept = append(kept, e)
			}
		}
	}
	if len(kept) == 0 {
		return n
	}
	if _, wrapped := n.entry("value"); n.kind != block || !wrapped {
		n = &node{kind: block, at: n.at, entries: []entry{{name: "value", at: n.at, value: n}}}
	}
	n.entries = append(n.entries, kept...)
	return n
}

// was is a value before a change, as written, and how well it was known.
type was struct{ value, known string }

func (n *node) was() was { return was{n.inline(), n.known()} }

// note records a change.
func (e *editor) note(path string, before was, now *node) {
	e.changes = append(e.changes, Change{
		Path: path, Before: before.value, KnownBefore: before.known, After: now.inline(), KnownAfter: now.known(),
		By: e.edit.owner(), Does: sums[e.edit.sum],
	})
}

// known is how well a value is known, in the words that stand beside it.
func (n *node) known() string {
	if _, wrapped := n.entry("value"); n.kind != block || !wrapped {
		return ""
	}
	for _, name := range lawNames {
		if law, ok := n.entry(name); ok {
			return name + ": " + law.value.inline()
		}
	}
	return ""
}

// owner is what the register says the value was set by.
func (e Edit) owner() string {
	if e.by == "" {
		return "edit"
	}
	return e.by
}

// made returns the edit's value, ready to be hung into the document.
func (e *editor) made() *node {
	if !e.spend(e.edit.value.size()) {
		return &node{kind: block, at: e.edit.at}
	}
	n := e.edit.value.clone()
	n.move(func(at place) place { at.layer = e.layer; return at })
	n.set = &origin{by: e.edit.owner(), evidence: e.edit.source}
	for _, f := range n.nameQuarters(e.names) {
		e.fault("%s", f.problem)
	}
	return n
}
