package scenario

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Edit is one change to a programme: a value replaced, a number multiplied, or
// something added to a number or a date. [Set], [Times], [Plus] and [ParseEdit]
// make one, and programme files have them under cases and variants.
// [Document.Version] and [Version.With] apply them.
//
// The path of an edit is the names that lead to the setting, joined by full stops.
// A star is for every name in its place, and an item of a list is named by its
// number, counted from 1:
//
//	cohorts.step-down.start probability
//	cohorts.*.referrals.to
//	savings targets.1.amount
//
// The last name may be new, and so may a cohort's background and the state in it;
// every other name must exist. An edit replaces a value together with what the
// file says about where it came from.
type Edit struct {
	path   string
	text   string // of the value, as given
	value  *node  // to put there
	sum    sum    // to do with what is there instead
	factor decimal.Decimal
	amount quantity // that is added
	at     place
	by     string // the case, variant or stress it belongs to; empty for any other edit
	where  string // its path in the file; empty for any other edit
	source evidence
	faults []finding // found when it was made
}

// sum is what an edit works out from the value that is there.
type sum int

const (
	none  sum = iota // it puts another value in its place
	times            // its factor times the number
	plus             // the number or date plus its amount
)

// sums are the names of sums in a programme file.
var sums = []string{times: "times", plus: "plus"}

// Set returns an edit that puts a value at a path. The value is written as in
// a programme file: "26 weeks", "27.5%", "{hazard: 0.01, to: {foster: 100%}}".
// A value that cannot be read is a fault of the version that the edit is applied to.
func Set(path, value string) Edit {
	e := Edit{path: strings.TrimSpace(path), text: strings.TrimSpace(value)}
	e.at.file = fmt.Sprintf("edit %q", e.String())
	e.value, e.faults = parse("", []byte(value))
	if strings.TrimSpace(value) == "" {
		e.faults = []finding{e.at.fault("", "there is no value: write path=value, such as cohorts.step-down.lag=26")}
	}
	for i := range e.faults {
		e.faults[i].at = e.at
	}
	if factor, ok := multiplication(value); ok {
		e.faults = []finding{e.at.fault("", "%s is not a value: to multiply the present number, write %s*=%s", quote(e.text), e.path, factor)}
	}
	if e.value != nil {
		e.value.move(func(place) place { return e.at })
		e.unwrap()
	}
	return e
}

// Times returns an edit that multiplies the number at a path, which may have a
// unit or be a percentage.
func Times(path string, factor decimal.Decimal) Edit {
	e := Edit{path: strings.TrimSpace(path), sum: times, factor: factor}
	e.at.file = fmt.Sprintf("edit %q", e.String())
	return e
}

// Plus returns an edit that adds to the number or the date at a path. To a date
// it adds days, weeks, months or years: 7 months later is the same day of the
// month, or the last day of a shorter month. To a number it adds a number in the
// same unit: "91 days", "10%", or "5000" if there is no unit. An amount that cannot
// be read is a fault of the version that the edit is applied to.
func Plus(path, amount string) Edit {
	e := Edit{path: strings.TrimSpace(path), sum: plus, text: strings.TrimSpace(amount)}
	var ok bool
	if e.amount, ok = parseQuantity(amount); !ok {
		e.at.file = fmt.Sprintf("edit %q", e.path+"+="+e.text)
		e.faults = []finding{e.at.fault("", "%s cannot be added: write a number, a percentage or a length of time, such as %s+=7 months", quote(e.text), e.path)}
		return e
	}
	e.at.file = fmt.Sprintf("edit %q", e.String())
	return e
}

// ParseEdit reads an edit as written on a command line: path=value to set,
// path*=factor to multiply, or path+=amount to add. Errors are faults, each a
// *model.Fault.
func ParseEdit(text string) (Edit, error) {
	path, value, ok := strings.Cut(text, "=")
	path = strings.TrimSpace(path)
	at := place{file: fmt.Sprintf("edit %q", text)}
	if !ok || path == "" {
		return Edit{}, join([]finding{at.fault("", "this is not an edit: write path=value, such as \"cohorts.step-down.lag=26\", path*=factor, such as \"cohorts.step-down.lag*=0.8\", or path+=amount, such as \"cohorts.step-down.lag+=4 weeks\"")})
	}
	if before, ok := strings.CutSuffix(path, "*"); ok && !strings.HasSuffix(before, ".") && before != "" {
		factor, err := parseNumber(value, aNumber)
		if err != nil {
			return Edit{}, join([]finding{at.fault("", "%s", err)})
		}
		return Times(before, factor), nil
	}
	e := Set(path, value)
	if before, ok := strings.CutSuffix(path, "+"); ok && !strings.HasSuffix(before, ".") && before != "" {
		e = Plus(before, value)
	}
	return e, join(e.faults)
}

// String writes the edit as [ParseEdit] reads it: "cohorts.*.lag=26 weeks",
// "contract cap*=0.9", "end+=7 months".
func (e Edit) String() string {
	switch {
	case e.sum == times:
		return e.path + "*=" + e.factor.String()
	case e.sum == plus:
		return e.path + "+=" + e.amount.String()
	case e.text == "" && e.value != nil: // a block or a list from a programme file
		return e.path + "=" + e.value.inline()
	}
	return e.path + "=" + e.text
}

// fileEdit is an edit of a case or variant in a file.
func fileEdit(setting entry, where, by string, outer evidence) Edit {
	e := Edit{path: setting.name, at: setting.value.at, by: by, where: where, source: outer, value: setting.value}
	e.unwrap()
	if e.value != nil {
		e.text, _ = e.value.inner().written()
	}
	return e
}

// product is a number with a sign of multiplication before or after it.
var product = regexp.MustCompile(`^(?:[x×*]\s*([0-9.]+)|([0-9.]+)\s*[x×*])$`)

// multiplication returns the factor in a text such as x0.75, and whether there
// is one.
func multiplication(text string) (factor string, ok bool) {
	parts := product.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return "", false
	}
	return parts[1] + parts[2], true
}

// unwrap makes an edit that multiplies or adds of one whose value is {times: …}
// or {plus: …}.
func (e *Edit) unwrap() {
	if sum, operand := e.value.sum(); sum != none {
		e.worksOut(sum, operand)
	}
}

// sum reports whether a value is {times: …} or {plus: …}, and by how much.
func (n *node) sum() (of sum, operand *node) {
	for _, of := range []sum{times, plus} {
		if e, ok := n.entry(sums[of]); ok {
			return of, e.value
		}
	}
	return none, nil
}

// worksOut turns {times: x, note: …} into an edit that multiplies, and
// {plus: x, note: …} into one that adds.
func (e *Edit) worksOut(of sum, operand *node) {
	name := sums[of]
	for _, beside := range e.value.entries {
		if beside.name != name && !slices.Contains(besideValue, beside.name) {
			e.faults = append(e.faults, beside.at.fault(under(e.where, beside.name), "%s cannot stand beside %s, only %s can", quote(beside.name), name, words.And(besideValue)))
		}
	}
	e.source = e.value.ownEvidence().within(e.source)
	e.value, e.text, e.sum = nil, "", of
	var ok bool
	if of == times {
		number, err := parseNumber(operand.text, aNumber)
		e.factor, ok = number, err == nil
	} else {
		e.amount, ok = parseQuantity(operand.text)
	}
	if !ok || operand.kind != scalar {
		e.faults = append(e.faults, operand.at.fault(e.where, "%s", needed[of]))
	}
}

// needed says what belongs after the name of a sum.
var needed = []string{
	times: "times needs a number, such as {times: 0.8}",
	plus:  "plus needs a number, a percentage or a length of time, such as {plus: 5000}, {plus: 10%} or {plus: 7 months}",
}

func (e Edit) fault(problem string, args ...any) finding {
	return e.at.fault(e.where, problem, args...)
}

// move changes the places of a node and all in it.
func (n *node) move(to func(place) place) {
	n.at = to(n.at)
	for i := range n.entries {
		n.entries[i].at = to(n.entries[i].at)
		n.entries[i].value.move(to)
	}
	for _, item := range n.items {
		item.move(to)
	}
}

// editor applies edits to a document of its own.
type editor struct {
	root     *node
	findings []finding
	layer    int    // of the group of edits being applied
	by       string // whose edits the group is
	budget   int    // how many more nodes may be visited or made
	edit     Edit   // being applied
	lame     bool   // a fault of it is recorded
	changes  []Change
}

// maxEdited bounds the work of one set of edits.
const maxEdited = 100_000

// fixed are the settings of a file that no edit can change.
var fixed = []string{"format", "cases", "compare", "variants", "ranges", "stresses", "all at once"}

func newEditor(root *node) *editor { return &editor{root: root.clone(), budget: maxEdited} }

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
	}
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
		e.note(under(done, name), "", n.entries[len(n.entries)-1].value)
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
		e.fault("%s has no %s: did you mean %s? It has %s", where, quote(name), quote(near), list(names))
	case last && e.edit.sum != none:
		e.fault("%s has no %s to %s: it has %s; write it in the file first", where, quote(name), verbs[e.edit.sum], list(names))
	default:
		e.fault("%s has no %s: it has %s", where, quote(name), list(names))
	}
}

// change puts the edit's value, or what it works out, into a slot.
func (e *editor) change(s slot, path string) {
	whole := *s.node
	old := whole.inner()
	before := old.inline()
	if e.edit.sum == none {
		*s.node = e.made().saying(whole)
		e.note(path, before, *s.node)
		return
	}
	text, note, err := e.edit.workOut(old)
	if err != nil {
		e.fault("%s %s", quote(path), err)
		return
	}
	set := &origin{by: e.edit.owner(), evidence: e.edit.source}
	if set.evidence.note == "" {
		set.evidence.note = note
	}
	*s.node = (&node{kind: scalar, text: text, at: e.edit.at, set: set}).saying(whole)
	e.note(path, before, *s.node)
}

// saying returns a new value with what the old one says of itself beside where it
// comes from, as a published total says its kind: another value is another
// figure from elsewhere, of the same thing.
func (n *node) saying(old *node) *node {
	if _, wrapped := old.entry("value"); old.kind != block || !wrapped {
		return n
	}
	var kept []entry
	for _, e := range old.entries {
		if _, own := n.entry(e.name); !own && e.name != "value" && !slices.Contains(besideValue, e.name) {
			kept = append(kept, e)
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

// note records a change.
func (e *editor) note(path, before string, now *node) {
	e.changes = append(e.changes, Change{Path: path, Before: before, After: now.inner().inline(), By: e.edit.owner()})
}

// workOut returns what the edit makes of the value that is there, and how.
func (e Edit) workOut(old *node) (text, note string, err error) {
	if e.sum == times {
		text, err = multiplied(old, e.factor)
		return text, fmt.Sprintf("%s × %s", e.factor, old.text), err
	}
	text, err = added(old, e.amount)
	return text, e.amount.after(old.text), err
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
	return n
}

// multiplied returns the text of a number times a factor, in the same unit.
func multiplied(n *node, factor decimal.Decimal) (string, error) {
	if n.kind != scalar {
		return "", fmt.Errorf("is not a number that can be multiplied%s", inside(n))
	}
	old, ok := parseQuantity(n.text)
	if !ok {
		return "", fmt.Errorf("is %s, which is not a number that can be multiplied", quote(n.text))
	}
	return old.times(factor).String(), nil
}

// inside says that the number may be one of those in a block.
func inside(n *node) string {
	if names := n.names(); len(names) > 0 {
		return ": name the number in it that you mean (it has " + list(names) + ")"
	}
	return ""
}
