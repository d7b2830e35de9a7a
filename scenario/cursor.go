package scenario

import (
	"encoding"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// cursor is at one setting of a document. Reading from it records what is wrong
// with it and returns a zero value. A cursor without a node is at a setting that is
// missing, or whose fault is already recorded: reading from it returns the zero
// value and records nothing.
type cursor struct {
	d    *decoder
	n    *node // without the evidence that it may be wrapped in
	path string
	at   place
	// wrapped is the block with value: … around the value; nil for a bare value.
	wrapped *node
	// beside is what may stand beside each value of a block, apart from where it
	// comes from.
	beside []string
}

// under is the path of a name inside a setting.
func under(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// nth is the name of the i-th item of a list, counted from 1.
func nth(i int) string { return strconv.Itoa(i + 1) }

// enter goes to a setting and takes off the evidence that it is wrapped in.
func (d *decoder) enter(n *node, path string) cursor { return d.enterWith(n, path, nil) }

// enterWith is enter for a value beside which more may stand than where it comes
// from. Read it with [cursor.aside].
func (d *decoder) enterWith(n *node, path string, beside []string) cursor {
	var wrapped *node
	for n.kind == block {
		value, ok := n.entry("value")
		if !ok {
			break
		}
		d.wrapper(n, path, beside)
		if wrapped == nil {
			wrapped = n
		}
		n = value.value
	}
	d.visit(path, n.at)
	if n.broken && n.kind == null {
		d.mark(path)
		return cursor{d: d, path: path, at: n.at}
	}
	if n.kind == null {
		d.fault(n.at, path, "there is no value: write one, or remove the line")
		return cursor{d: d, path: path, at: n.at}
	}
	return cursor{d: d, n: n, path: path, at: n.at, wrapped: wrapped}
}

// aside goes to what stands beside the value at the cursor under one of the names
// that its block allows. It may be left out.
func (c cursor) aside(name string) cursor {
	path := under(c.path, name)
	if c.wrapped != nil {
		if e, ok := c.wrapped.entry(name); ok {
			return c.d.enter(e.value, path)
		}
	}
	return cursor{d: c.d, path: path, at: c.at}
}

// strayAside reports whether something stands beside the value that may not, and
// may be one of the allowed names mistyped.
func (c cursor) strayAside(allowed []string) bool {
	return c.wrapped != nil && slices.ContainsFunc(c.wrapped.names(), func(name string) bool {
		return name != "value" && !slices.Contains(besideValue, name) && !slices.Contains(allowed, name)
	})
}

// wrapper checks what stands beside a value. What more may stand there is read
// with the value.
func (d *decoder) wrapper(n *node, path string, beside []string) {
	for i, e := range n.entries {
		switch e.name {
		case "value":
		case "status":
			if status := d.enter(e.value, under(path, e.name)); status.n != nil {
				status.unmarshal(new(model.Status), aStatus)
			}
		case "source":
			d.enter(e.value, under(path, e.name)).source()
		case "note":
			d.enter(e.value, under(path, e.name)).text()
		case solvedFor:
			d.solvedFor(d.enter(e.value, under(path, e.name)))
		default:
			if !slices.Contains(beside, e.name) {
				d.beside(n, i, path, slices.Concat(besideValue, beside))
			}
		}
	}
}

// source reads where a value comes from: a name listed under sources, or free
// text that is not nearly one.
func (c cursor) source() {
	name := c.text()
	if slices.Contains(c.d.sources, name) {
		return
	}
	for _, listed := range c.d.sources {
		if wrong := min(2, max(1, len(listed)/4)); alike(name, listed, wrong) {
			c.warn("%s is not listed under sources: did you mean %s? If it is a different source, list it there", quote(name), quote(listed))
			return
		}
	}
}

// beside reports the i-th entry, which is none of those that may stand beside a
// value.
func (d *decoder) beside(n *node, i int, path string, allowed []string) {
	e := n.entries[i]
	if before, ok := n.tornOff(i); ok && before.name != "value" {
		d.report(before.value.at, under(path, before.name), "a text with a comma needs straight quotes here: write %s",
			quote(n.whole(i)))
		return
	}
	near, ok := nearest(e.name, allowed)
	switch {
	case ok:
		d.report(e.at, under(path, e.name), "%s cannot stand beside value: did you mean %s?", quote(e.name), quote(near))
	case !d.strayNumber(e, path):
		d.report(e.at, under(path, e.name), "%s cannot stand beside value, only %s can: move it under value, or remove it", quote(e.name), words.And(allowed))
	}
}

// besideValue is what may stand beside a value, to say where it comes from.
var besideValue = []string{"status", "source", "note", solvedFor}

// strayNumber reports the part of a number that comes after a comma: in
// brackets, a comma is where the next thing begins.
func (d *decoder) strayNumber(e entry, path string) bool {
	if e.value.kind != null || !numeral.MatchString(strings.TrimSuffix(e.name, "%")) {
		return false
	}
	d.report(e.at, path, "%s was read by itself, because of the comma before it: write numbers without commas, such as 4000 or 27.5%%", quote(e.name))
	return true
}

// given reports whether there is something to read.
func (c cursor) given() bool { return c.n != nil }

// sound reports whether there is something that could be read so far without a
// fault in it.
func (c cursor) sound() bool { return c.given() && !c.d.bad[c.path] && !c.d.holdsBad[c.path] }

// fault records that the setting cannot be used.
func (c cursor) fault(problem string, args ...any) {
	if c.n != nil {
		c.d.fault(c.d.latest(c.path, c.at), c.path, problem, args...)
	}
}

// later is whichever of two cursors an edit changed last; the second if neither
// or both. A fault between the two is reported there.
func later(a, b cursor) cursor {
	if a.at.layer > b.at.layer {
		return a
	}
	return b
}

// warn records a fault of the setting that leaves the rest as it is.
func (c cursor) warn(problem string, args ...any) {
	c.d.report(c.d.latest(c.path, c.at), c.path, problem, args...)
}

// fields is a block whose names are settings of the format.
type fields struct {
	cursor
	// mistyped are the settings that a name which is not one is thought to
	// stand for: they are not missing besides.
	mistyped map[string]bool
}

// fields reads a block of settings. Names other than those allowed are faults.
func (c cursor) fields(allowed ...string) fields {
	f := fields{cursor: c, mistyped: map[string]bool{}}
	if !c.given() {
		return f
	}
	if c.n.kind != block {
		if name, value, ok := tight(c.n.text); ok && slices.Contains(allowed, name) {
			c.noSpace(name, value)
		} else {
			c.fault("%s was given where a block of settings is needed: %s", c.kind(), settingsHere(allowed))
		}
		f.n = nil
		return f
	}
	for i, e := range c.n.entries {
		if !slices.Contains(allowed, e.name) {
			f.unknown(i, allowed)
		}
	}
	return f
}

// noSpace reports a colon without a space after it.
func (c cursor) noSpace(name, value string) {
	c.fault("%s", noSpace(name, value))
}

// unknown reports the name of the i-th entry, which is no setting.
func (f *fields) unknown(i int, allowed []string) {
	e := f.n.entries[i]
	path := under(f.path, e.name)
	if f.d.full() || f.d.strayNumber(e, f.path) {
		return
	}
	if name, value, ok := tight(e.name); ok && slices.Contains(allowed, name) {
		f.mistyped[name] = true
		f.d.report(e.at, under(f.path, name), "%s", noSpace(name, value))
		return
	}
	if f.torn(i) {
		return
	}
	if slices.Contains(besideValue, e.name) {
		f.d.report(e.at, path, "there is no value beside %s: to say where a whole block comes from, write {value: …, %s: …} with the block as the value", quote(e.name), e.name)
		return
	}
	if near, ok := nearest(e.name, allowed); ok {
		f.mistyped[near] = true
		settings := ""
		if e.at.layer > 0 {
			settings = " " + words.Capital(settingsHere(allowed))
		}
		f.d.report(e.at, path, "there is no setting called %s: did you mean %s?%s", quote(e.name), quote(near), settings)
		return
	}
	f.d.report(e.at, path, "there is no setting called %s: %s", quote(e.name), settingsHere(allowed))
}

// settingsHere lists the settings of a block.
func settingsHere(allowed []string) string {
	if len(allowed) == 1 {
		return "the only setting here is " + quote(allowed[0])
	}
	return "the settings here are " + list(allowed)
}

// torn reports the i-th entry if it is what stands after a comma in the value
// before it: the rest of a name or a text, or of a list without brackets. A name
// that there is is put together, so that the rest can be checked.
func (f *fields) torn(i int) bool {
	before, ok := f.n.tornOff(i)
	if !ok {
		return false
	}
	rest, path := f.n.entries[i].name, under(f.path, before.name)
	whole := f.n.whole(i)
	if name := uncurled(before.value.text + ", " + rest); f.d.known(name) {
		f.d.report(before.value.at, path, commaNeedsQuotes, quote(name))
		f.n = f.n.with(i-1, &node{kind: scalar, text: name, at: before.value.at, set: before.value.set})
		return true
	}
	f.d.fault(before.value.at, path, "%s was read by itself, because of the comma before it: put a list in square brackets, as [%s], and a text with a comma in straight quotes, as %s",
		quote(rest), plain(whole), quote(whole))
	f.n = f.n.with(i-1, &node{kind: null, at: before.value.at, broken: true})
	return true
}

// tornOff reports whether the i-th entry of a block is what stands after a comma
// in the single value before it, which it returns: it has no value, and both
// stand on one line, in braces.
func (n *node) tornOff(i int) (before entry, ok bool) {
	if i == 0 || n.entries[i].value.kind != null || n.entries[i].value.broken {
		return before, false
	}
	before = n.entries[i-1]
	return before, before.value.kind == scalar && before.at.line == n.entries[i].at.line
}

// whole puts together what was torn at a comma before the i-th entry, with the
// space after the comma if there was one.
func (n *node) whole(i int) string {
	before, e := n.entries[i-1].value, n.entries[i]
	if before.at.column+utf8.RuneCountInString(before.text)+1 == e.at.column {
		return before.text + "," + e.name
	}
	return before.text + ", " + e.name
}

// with returns a copy of a block with another value in the i-th entry.
func (n *node) with(i int, value *node) *node {
	changed := *n
	changed.entries = slices.Clone(n.entries)
	changed.entries[i].value = value
	return &changed
}

const commaNeedsQuotes = "a name with a comma needs straight quotes here: write %s"

// known reports whether something in the document has a name.
func (d *decoder) known(name string) bool {
	return slices.ContainsFunc([]names{d.states, d.cohorts, d.commissioners, d.metrics}, func(n names) bool {
		return slices.Contains(n.valid, name)
	})
}

// may goes to a setting that may be left out.
func (f fields) may(name string) cursor {
	path := under(f.path, name)
	if !f.given() {
		return cursor{d: f.d, path: path}
	}
	e, ok := f.n.entry(name)
	if !ok {
		return cursor{d: f.d, path: path, at: f.at}
	}
	return f.d.enter(e.value, path)
}

// need goes to a setting that must be there.
func (f fields) need(name string, w fmt.Stringer) cursor {
	c := f.may(name)
	if _, ok := f.has(name); ok || !f.given() {
		return c
	}
	if f.mistyped[name] || f.n.broken {
		f.d.mark(c.path)
		return c
	}
	f.d.fault(f.at, c.path, "%s is missing: write %s", quote(name), w)
	return c
}

func (f fields) has(name string) (*entry, bool) {
	if !f.given() {
		return nil, false
	}
	return f.n.entry(name)
}

// sentence says what is wanted where an example would not help.
type sentence string

func (s sentence) String() string { return string(s) }

// named is one entry of a block whose names are up to the author of the file.
type named struct {
	cursor // the value
	name   string
	at     place // of the name
}

// fault records that the entry cannot be used because of its name.
func (n named) fault(problem string, args ...any) { n.d.fault(n.at, n.path, problem, args...) }

// named reads a block with an entry for each of some things, at most so many.
func (c cursor) named(things string, most int) []named {
	switch {
	case !c.given():
		return nil
	case c.n.kind != block:
		if name, value, ok := tight(c.n.text); ok && c.n.kind == scalar {
			c.noSpace(name, value)
			return nil
		}
		c.fault("%s was given where a block is needed: write the name of each of the %s with a colon after it", c.kind(), things)
		return nil
	case len(c.n.entries) > most:
		c.fault("there are %d %s: at most %d are allowed", len(c.n.entries), things, most)
		return nil
	}
	var all []named
	bare := false // the block holds its own evidence
	for i := 0; i < len(c.n.entries); i++ {
		e := c.n.entries[i]
		if c.d.strayNumber(e, c.path) {
			c.d.mark(c.path)
			continue
		}
		if slices.Contains(besideValue, e.name) {
			if !bare {
				(&fields{cursor: c}).unknown(i, nil)
			}
			bare = true
			continue
		}
		if name, value, ok := tight(e.name); ok && (e.value.kind == null || strings.ContainsAny(value[:1], "{[")) {
			c.d.fault(e.at, under(c.path, name), "%s", noSpace(name, value))
			continue
		}
		if whole, last := c.tornName(i); last > i {
			i, e = last, entry{name: whole, at: e.at, value: c.n.entries[last].value}
		}
		path := under(c.path, e.name)
		all = append(all, named{cursor: c.d.enterWith(e.value, path, c.beside), name: e.name, at: e.at})
	}
	return all
}

// tornName reports a name with commas that stands in braces without quotation
// marks: its pieces but the last are names without a value. It returns the
// whole name, and the entry with the value.
func (c cursor) tornName(first int) (whole string, last int) {
	entries := c.n.entries
	last = first
	for last+1 < len(entries) && entries[last].value.kind == null && !entries[last].value.broken &&
		entries[last+1].at.line == entries[first].at.line {
		last++
	}
	if last == first || entries[last].value.kind == null {
		return "", first
	}
	var pieces []string
	for _, e := range entries[first : last+1] {
		pieces = append(pieces, e.name)
	}
	whole = uncurled(strings.Join(pieces, ", "))
	problem := "there is no value: write one, or, if the name is %s, put it in straight quotes, as %s: …"
	if c.d.known(whole) {
		problem = "the name %s has a comma: put it in straight quotes, as %s: …"
	}
	c.d.report(entries[first].at, under(c.path, entries[first].name), problem, quote(whole), quote(whole))
	return whole, last
}

// defined is named for things whose names are used in the paths of edits.
func (c cursor) defined(things string, most int) []named {
	all := c.named(things, most)
	for _, n := range all {
		if strings.ContainsAny(n.name, ".*") {
			n.fault("a name cannot have a full stop or a star: paths of edits use them")
		}
		if problem := curled(n.name); problem != "" {
			n.fault("%s cannot be a name: %s", quote(n.name), problem)
		}
	}
	return all
}

// list returns the items of a list.
func (c cursor) list() []cursor {
	if !c.given() {
		return nil
	}
	if c.n.kind != sequence {
		c.fault("%s was given where a list is needed: put it in square brackets, as %s", c.kind(), c.bracketed())
		return nil
	}
	var items []cursor
	for i, item := range c.n.items {
		items = append(items, c.d.enter(item, under(c.path, nth(i))))
	}
	return items
}

// words returns the items of a list of single values that hold no commas.
func (c cursor) words() []cursor {
	if c.given() && c.n.kind == scalar && c.n.text != "" {
		c.fault("%s was given where a list is needed: put it in square brackets, as [%s]", c.kind(), plain(c.n.text))
		return nil
	}
	return c.list()
}

// bracketed is an example of a list, with the single value at the cursor if that
// is a plain one.
func (c cursor) bracketed() string {
	if c.n.kind != scalar || c.n.text == "" || strings.ContainsAny(c.n.text, "\n,:#[]{}\"'&*!|>%@`") {
		return "[first, second]"
	}
	return "[" + c.n.text + "]"
}

// kind says what is at the cursor, to begin a sentence.
func (c cursor) kind() string {
	switch c.n.kind {
	case block:
		return "a block of settings"
	case sequence:
		return "a list"
	}
	return quote(c.n.text)
}

// is reports whether a single value with this text is at the cursor.
func (c cursor) is(text string) bool {
	return c.given() && c.n.kind == scalar && c.n.text == text
}

// isBlock reports whether a block with the name is at the cursor.
func (c cursor) isBlock(name string) bool {
	if !c.given() {
		return false
	}
	_, ok := c.n.entry(name)
	return ok
}

// value reads a single value and gives it to parse.
func value[T any](c cursor, w want, parse func(string, want) (T, error)) T {
	var zero T
	if !c.given() {
		return zero
	}
	if c.n.kind != scalar {
		c.noSingle(w)
		return zero
	}
	v, err := parse(c.n.text, w)
	if err != nil {
		c.fault("%s", more(err.Error(), curled(c.n.text)))
		return zero
	}
	return v
}

// noSingle reports a block or a list where a single value is needed.
func (c cursor) noSingle(w want) {
	for _, name := range besideValue {
		if c.isBlock(name) {
			c.fault("%s describes a value, but there is no value beside it: write {value: …, %s: …} with %s as the value", quote(name), name, w)
			return
		}
	}
	c.fault("%s was given where a single value is needed: write %s", c.kind(), w)
}

func (c cursor) amount() decimal.Decimal       { return value(c, anAmount, parseAmount) }
func (c cursor) number(w want) decimal.Decimal { return value(c, w, parseNumber) }
func (c cursor) share(w want) decimal.Decimal  { return value(c, w, parseShare) }
func (c cursor) yearlyRate() decimal.Decimal   { return value(c, aYearlyRate, parseYearlyRate) }
func (c cursor) weeks() int                    { return value(c, someWeeks, parseWeeks) }
func (c cursor) months() int                   { return value(c, someMonths, parseMonths) }
func (c cursor) days() int                     { return value(c, someDays, parseDays) }
func (c cursor) count() int                    { return value(c, aCount, parseCount) }
func (c cursor) probability(w want) float64    { return c.share(w).InexactFloat64() }

// limit reads an amount that may be none or not there at all.
func (c cursor) limit() decimal.NullDecimal {
	if !c.given() || c.is("none") {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(c.amount())
}

// text reads any text that is not empty.
func (c cursor) text() string {
	return value(c, want{what: "a text"}, func(text string, _ want) (string, error) {
		if strings.TrimSpace(text) == "" {
			return "", fmt.Errorf("the text is empty: write one, or remove the line")
		}
		return strings.TrimSpace(text), nil
	})
}

// yesNo reads yes or no.
func (c cursor) yesNo() bool {
	return value(c, want{what: "yes or no"}, func(text string, _ want) (bool, error) { return parseYesNo(text) })
}

// date reads a date.
func (c cursor) date() calendar.Date {
	var d calendar.Date
	c.unmarshal(&d, aDate)
	return d
}

var aDate = want{"a date", "2020-10-01"}

// unmarshal reads a value that knows its own words.
func (c cursor) unmarshal(into encoding.TextUnmarshaler, w want) {
	value(c, w, func(text string, w want) (bool, error) {
		if text == "" {
			return false, fmt.Errorf("the text is empty: write %s", w)
		}
		return true, into.UnmarshalText([]byte(text))
	})
}

// names is the names that there are of one thing.
type names struct {
	what  string // "state"
	valid []string
	// unread says that the block which gives the names could not be read:
	// there is nothing to compare with.
	unread bool
}

// check returns what is wrong with a name; nil if it is valid.
func (n names) check(name string) error {
	if n.unread || slices.Contains(n.valid, name) {
		return nil
	}
	problem := (&NameError{What: n.what, Name: name, Valid: n.valid}).Error()
	if pieceOf(name, n.valid) {
		problem = more(problem, "in brackets, a name with a comma needs straight quotes")
	}
	return errors.New(problem)
}

// isOne reports whether the name of an entry is valid, and records it if not.
func (n named) isOne(of names) bool {
	err := of.check(n.name)
	if err != nil {
		n.fault("%s", more(err.Error(), curled(n.name)))
	}
	return err == nil
}

// name reads one of the names.
func (c cursor) name(of names) string {
	return value(c, want{what: "the name of a " + of.what}, func(text string, _ want) (string, error) {
		return text, of.check(text)
	})
}

// nameList reads a list of names.
func (c cursor) nameList(of names) []string {
	var all []string
	if c.given() && c.n.kind == scalar && strings.ContainsRune(c.n.text, ',') {
		c.fault("%s was given where a list is needed: put it in square brackets, as %s", c.kind(), of.bracketed(c.n.text))
		return nil
	}
	items := c.list()
	for i := 0; i < len(items); i++ {
		item := items[i]
		name, last := tornItem(items, i, of)
		if i = last; name == "" {
			name = item.name(of)
		}
		if name != "" && slices.Contains(all, name) {
			item.fault("%s is in the list twice", quote(name))
		}
		all = append(all, name)
	}
	if c.given() && c.n.kind == sequence && len(all) == 0 {
		c.fault("the list is empty: name at least one %s", of.what)
	}
	return all
}

// bracketed is a text with a comma as a list: of one name, or of several.
func (n names) bracketed(text string) string {
	if slices.Contains(n.valid, text) {
		return "[" + quote(text) + "]"
	}
	for part := range strings.SplitSeq(text, ",") {
		if !slices.Contains(n.valid, strings.TrimSpace(part)) {
			return "[first, second]"
		}
	}
	return "[" + plain(text) + "]"
}

// tornItem reports a name with commas that stands in a list without quotation
// marks. It returns the name, and its last piece.
func tornItem(items []cursor, first int, of names) (name string, last int) {
	var pieces []string
	bad := false
	for last := first; last < min(first+5, len(items)); last++ {
		item := items[last]
		if !item.given() || item.n.kind != scalar {
			break
		}
		pieces = append(pieces, item.n.text)
		bad = bad || !slices.Contains(of.valid, item.n.text)
		whole := uncurled(strings.Join(pieces, ", "))
		if last > first && bad && slices.Contains(of.valid, whole) {
			items[first].warn(commaNeedsQuotes, quote(whole))
			return whole, last
		}
	}
	return "", first
}
