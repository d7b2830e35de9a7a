package scenario

import (
	"slices"
	"strings"
)

// node is one value of a document: a single value, a block or a list.
type node struct {
	kind    kind
	text    string  // of a single value, as written
	entries []entry // of a block
	items   []*node // of a list
	at      place
	// broken says that a part could not be read, and that this is recorded.
	broken bool
	// set says by which edit the node got here; nil for the file without edits.
	set *origin
}

type kind int

const (
	scalar kind = iota
	block
	sequence
	null
)

// entry is one named value of a block.
type entry struct {
	name  string
	at    place // of the name
	value *node
}

// origin is the edit that put a node into a document.
type origin struct {
	by       string // the case or variant; "edit" for any other edit
	evidence evidence
	product  bool // whether the edit multiplied the number that was there
}

// entry returns the value under a name of a block.
func (n *node) entry(name string) (*entry, bool) {
	i := slices.IndexFunc(n.entries, func(e entry) bool { return e.name == name })
	if i < 0 {
		return nil, false
	}
	return &n.entries[i], true
}

// names returns the names in a block, in the order of the file.
func (n *node) names() []string {
	names := make([]string, len(n.entries))
	for i, e := range n.entries {
		names[i] = e.name
	}
	return names
}

// inner returns the value itself where a node is {value: …, status: …}.
func (n *node) inner() *node {
	for n.kind == block {
		value, ok := n.entry("value")
		if !ok {
			return n
		}
		n = value.value
	}
	return n
}

// written returns a single value, or a list of them, as written in the file.
func (n *node) written() (string, bool) {
	switch n.kind {
	case scalar:
		return n.text, true
	case sequence:
		words := make([]string, len(n.items))
		for i, item := range n.items {
			item = item.inner()
			if item.kind != scalar {
				return "", false
			}
			words[i] = item.text
			if strings.ContainsRune(item.text, ',') {
				words[i] = quote(item.text)
			}
		}
		return strings.Join(words, ", "), len(words) > 0
	}
	return "", false
}

// inline returns a value, a list or a block on one line, as in a file, without what
// it says about where values come from.
func (n *node) inline() string {
	n = n.inner()
	switch n.kind {
	case scalar:
		return n.text
	case null:
		return "none"
	case sequence:
		items := make([]string, len(n.items))
		for i, item := range n.items {
			items[i] = item.inline()
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	entries := make([]string, len(n.entries))
	for i, e := range n.entries {
		entries[i] = e.name + ": " + e.value.inline()
	}
	return "{" + strings.Join(entries, ", ") + "}"
}

// clone returns a copy that shares nothing.
func (n *node) clone() *node { return n.cloneBut(nil) }

// cloneBut is clone, but for some of the entries of the node, which are shared.
func (n *node) cloneBut(shared []string) *node {
	count := n.count(shared)
	into := room{make([]node, count.nodes), make([]entry, count.entries), make([]*node, count.items)}
	return into.copy(n, shared)
}

// census is how many nodes, entries and items there are in a node, itself included.
type census struct{ nodes, entries, items int }

func (n *node) count(without []string) census {
	all := census{1, len(n.entries), len(n.items)}
	add := func(inner census) {
		all.nodes += inner.nodes
		all.entries += inner.entries
		all.items += inner.items
	}
	for _, e := range n.entries {
		if !slices.Contains(without, e.name) {
			add(e.value.count(nil))
		}
	}
	for _, item := range n.items {
		add(item.count(nil))
	}
	return all
}

// room is memory for a copy, which is asked for once: a file has thousands of nodes.
type room struct {
	nodes   []node
	entries []entry
	items   []*node
}

// taken takes so many off what is left, to which nobody can append.
func taken[T any](left *[]T, n int) []T {
	if n == 0 {
		return nil
	}
	all := (*left)[:n:n]
	*left = (*left)[n:]
	return all
}

func (r *room) copy(n *node, shared []string) *node {
	c := &taken(&r.nodes, 1)[0]
	*c = *n
	c.entries, c.items = taken(&r.entries, len(n.entries)), taken(&r.items, len(n.items))
	for i, e := range n.entries {
		if !slices.Contains(shared, e.name) {
			e.value = r.copy(e.value, nil)
		}
		c.entries[i] = e
	}
	for i, item := range n.items {
		c.items[i] = r.copy(item, nil)
	}
	return c
}

// size is the number of nodes in a node, itself included.
func (n *node) size() int { return n.count(nil).nodes }

// leaf is one single value, or list of them, of a document.
type leaf struct {
	path     string
	value    string // as written
	evidence evidence
	by       string // case or variant
}

// leaves hands on every leaf at or under a node, in the order of the file,
// without the names to skip.
func (n *node) leaves(path string, outer evidence, by string, skip func(path, name string) bool, take func(leaf)) {
	outer, by = n.evidence(outer, by)
	n = n.inner()
	if value, ok := n.written(); ok {
		take(leaf{path: path, value: value, evidence: outer, by: by})
		return
	}
	for _, e := range n.entries {
		if !skip(path, e.name) {
			e.value.leaves(under(path, e.name), outer, by, skip, take)
		}
	}
	for i, item := range n.items {
		item.leaves(under(path, nth(i)), outer, by, skip, take)
	}
}
