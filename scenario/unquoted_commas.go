package scenario

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const commaNeedsQuotes = "a name with a comma needs straight quotes here: write %s"

// afterComma is a number or what stands after a comma in one, as 050 in 1,050.
var afterComma = regexp.MustCompile(`^[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?$`)

// strayNumber reports the part of a number that comes after a comma: in
// brackets, a comma is where the next thing begins.
func (d *decoder) strayNumber(e entry, path string) bool {
	if e.value.kind != null || !afterComma.MatchString(strings.TrimSuffix(e.name, "%")) {
		return false
	}
	d.report(e.at, path, "%s was read by itself, because of the comma before it: write numbers without commas, such as 4000 or 27.5%%", quote(e.name))
	return true
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

// pieceOf reports whether a text is a piece of a valid name with a comma, as it is
// where such a name is in a list without quotation marks.
func pieceOf(piece string, valid []string) bool {
	piece = uncurled(piece)
	for _, v := range valid {
		parts := strings.Split(v, ",")
		if len(parts) > 1 && slices.ContainsFunc(parts, func(p string) bool { return strings.TrimSpace(p) == piece }) {
			return true
		}
	}
	return false
}
