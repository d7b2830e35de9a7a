package scenario

import (
	"strconv"
	"strings"
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
		for _, law := range lawNames {
			if _, ok := c.n.entry(law); ok {
				return quote(law) + " without the value that it is around"
			}
		}
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
