package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// This file is the only one that knows the YAML library.

const (
	maxBytes = 512 << 10 // of a file
	maxDepth = 25        // of blocks and lists inside one another
)

// parse reads one YAML document. The node is nil if nothing of it can be used;
// otherwise the faults are those of YAML forms that programme files do not
// allow, and the rest can still be checked.
func parse(file string, text []byte) (*node, []finding) {
	if fault := unreadable(file, text); fault != nil {
		return nil, fault
	}
	loader, err := yaml.NewLoader(bytes.NewReader(text))
	if err != nil {
		return nil, []finding{place{file: file, line: 1, column: 1}.fault("", "%v", err)}
	}
	var first, second yaml.Node
	if err := loader.Load(&first); err != nil {
		return nil, []finding{syntaxFault(file, text, err)}
	}
	if err := loader.Load(&second); !errors.Is(err, io.EOF) {
		return nil, []finding{secondDocument(file, text, &second, err)}
	}
	if len(first.Content) == 0 {
		return nil, []finding{syntaxFault(file, text, io.EOF)}
	}
	c := converter{file: file}
	root := c.node(first.Content[0], "", 0)
	return root, c.faults
}

// unreadable finds what is wrong with a file before its form matters.
func unreadable(file string, text []byte) []finding {
	at := place{file: file, line: 1, column: 1}
	one := func(problem string, args ...any) []finding { return []finding{at.fault("", problem, args...)} }
	switch {
	case len(text) > maxBytes:
		return one("the file is larger than %d kB: is this a programme file?", maxBytes>>10)
	case len(bytes.TrimSpace(text)) == 0:
		return one("the file is empty: a programme file begins with format: 1")
	}
	rest := text
	for len(rest) > 0 {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			return one("a character cannot be read: save the file as plain text in UTF-8")
		case r < ' ' && r != '\n' && r != '\r' && r != '\t', r >= 0x7f && r < 0xa0 && r != 0x85, r == 0xfffe, r == 0xffff:
			return one("there is a control character (number %d): save the file as plain text in UTF-8", r)
		case r == '\n':
			at.line, at.column = at.line+1, 0
		}
		at.column++
		rest = rest[size:]
	}
	return nil
}

func secondDocument(file string, text []byte, second *yaml.Node, err error) finding {
	if err != nil {
		return syntaxFault(file, text, err)
	}
	at := placeOf(file, second)
	return at.fault("", "a second document begins here (after --- or ...): a programme file has only one")
}

// syntaxFault puts an error of the YAML library into plain words.
func syntaxFault(file string, text []byte, err error) finding {
	at := place{file: file, line: 1, column: 1}
	if errors.Is(err, io.EOF) {
		return at.fault("", "the file has only comments: a programme file begins with format: 1")
	}
	load, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return at.fault("", "%v", err)
	}
	if load.Mark.Line > 0 {
		at.line, at.column = load.Mark.Line, max(1, load.Mark.Column)
	}
	if strings.Contains(load.Message, "unexpected end of stream") && load.ContextMark.Line > 0 {
		at.line, at.column = load.ContextMark.Line, max(1, load.ContextMark.Column)
	}
	lines := bytes.Split(text, []byte("\n"))
	if tight, name, value := tightLine(file, lines, load); tight.line > 0 {
		return tight.fault("", "%s", noSpace(name, value))
	}
	if factor, ok := multiplication(rest(lines, at)); ok {
		return at.fault("", "a value cannot begin with *: to multiply the present number, write {times: %s}", factor)
	}
	return at.fault("", "%s", plainWords(load, characterAt(lines, at)))
}

// tightSetting is a line with a setting and its value and no space between them.
var tightSetting = regexp.MustCompile(`^(\s*(?:- )?)([^\s#:"'\[\]{},][^#:"'\[\]{}]*:)([^\s:/].*)$`)

// tightLine finds the line with a colon without a space after it that an error
// of the YAML library comes from: the one that it speaks of, or the last before
// it with anything on it.
func tightLine(file string, lines [][]byte, load *yaml.LoadError) (at place, name, value string) {
	before := load.Mark.Line - 1
	for before > 0 && before <= len(lines) && !holdsAnything(lines[before-1]) {
		before--
	}
	for _, line := range []int{load.ContextMark.Line, load.Mark.Line, before} {
		if line < 1 || line > len(lines) {
			continue
		}
		parts := tightSetting.FindSubmatch(bytes.TrimRight(lines[line-1], " \r"))
		if parts != nil {
			value, _, _ = strings.Cut(string(parts[3]), " #")
			at = place{file: file, line: line, column: 1 + utf8.RuneCount(parts[1]) + utf8.RuneCount(parts[2])}
			return at, strings.TrimSuffix(string(parts[2]), ":"), value
		}
	}
	return place{}, "", ""
}

func holdsAnything(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 0 && line[0] != '#'
}

// rest returns a line from a place on, without the remark and closing brackets
// after its value.
func rest(lines [][]byte, at place) string {
	if at.line > len(lines) {
		return ""
	}
	line := []rune(string(lines[at.line-1]))
	if at.column > len(line) {
		return ""
	}
	text, _, _ := strings.Cut(string(line[at.column-1:]), " #")
	text, _, _ = strings.Cut(text, ",")
	return strings.TrimRight(text, "}] \r")
}

// plainWords says what is wrong with the form of a file, in words for someone
// who does not know YAML.
func plainWords(load *yaml.LoadError, character string) string {
	says := func(part string) bool { return strings.Contains(load.Message, part) }
	opened := fmt.Sprintf("line %d, column %d", load.ContextMark.Line, max(1, load.ContextMark.Column))
	switch {
	case says("mapping values are not allowed"):
		return "there is a colon where none is expected: start this line with as many spaces as its neighbours, and put text with a colon in quotation marks"
	case says("cannot start any token") && character == "\t", says("tab"):
		return "there is a tab at the start of the line: use spaces"
	case says("cannot start any token"):
		return fmt.Sprintf("a value cannot begin with %s: put the whole value in quotation marks", quote(character))
	case says("expected ',' or"):
		return fmt.Sprintf("the bracket that was opened on %s is not closed before this, or a comma is missing", opened)
	case says("unexpected end of stream"):
		return "the quotation mark that is opened here is not closed"
	case says("expected key"), says("expected '-' indicator"):
		return "this does not fit the lines above: start it with as many spaces as its neighbours, and put the whole of a text with quotation marks in quotation marks"
	case says("expected node content"):
		return "a bracket is not closed, or a value is missing"
	case says("unknown anchor"), strings.Contains(load.ContextMsg, "an alias"), strings.Contains(load.ContextMsg, "an anchor"):
		return "a name or value cannot begin with * or &: put it in quotation marks, or write the value out"
	case says("escape"):
		return "a backslash has a special meaning in double quotation marks: use single quotation marks"
	case says("max depth"):
		return fmt.Sprintf("brackets are nested too deeply: at most %d levels are allowed", maxDepth)
	}
	return "the file cannot be read as YAML here: " + strings.TrimSpace(load.ContextMsg+" "+load.Message)
}

// characterAt returns the character of a text at a place; empty past its end.
func characterAt(lines [][]byte, at place) string {
	if at.line > len(lines) {
		return ""
	}
	line := []rune(string(lines[at.line-1]))
	if at.column > len(line) {
		return ""
	}
	return string(line[at.column-1])
}

func placeOf(file string, y *yaml.Node) place {
	return place{file: file, line: max(1, y.Line), column: max(1, y.Column)}
}

// converter turns the library's nodes into ours.
type converter struct {
	file   string
	faults []finding
}

func (c *converter) fault(at place, path, problem string, args ...any) {
	if len(c.faults) < mostFindings {
		c.faults = append(c.faults, at.fault(path, problem, args...))
	}
}

func (c *converter) node(y *yaml.Node, path string, depth int) *node {
	n := &node{at: placeOf(c.file, y)}
	switch {
	case y.Kind == yaml.AliasNode || y.Anchor != "":
		c.fault(n.at, path, "values cannot be shared with & and *: write the value out where it is needed")
		if y.Kind == yaml.AliasNode {
			n.kind, n.broken = null, true
			return n
		}
	case y.Style&yaml.TaggedStyle != 0:
		c.fault(n.at, path, "a value cannot begin with an exclamation mark (here %s): put the whole value in quotation marks", quote(y.Tag))
	case depth > maxDepth:
		c.fault(n.at, path, "blocks and lists are nested too deeply: at most %d levels are allowed", maxDepth)
		n.kind, n.broken = null, true
		return n
	}
	switch y.Kind {
	case yaml.MappingNode:
		n.kind = block
		lines := map[string]int{}
		for i := 0; i+1 < len(y.Content); i += 2 {
			key, value := y.Content[i], y.Content[i+1]
			_, twice := lines[key.Value]
			if c.name(key, lines, path) {
				n.entries = append(n.entries, c.entry(key, value, path, depth))
			} else if !twice {
				n.broken = true
			}
		}
	case yaml.SequenceNode:
		n.kind = sequence
		for i, item := range y.Content {
			n.items = append(n.items, c.node(item, under(path, nth(i)), depth+1))
		}
	default:
		if hasControl(y.Value) {
			c.fault(n.at, path, "the text %s has a control character in it (%s), which a terminal or a spreadsheet would obey: remove it", quote(y.Value), controlIn(y.Value))
		}
		n.text = y.Value
		if y.Tag == "!!null" {
			n.kind = null
		}
	}
	return n
}

// name checks a name in a block and notes its line.
func (c *converter) name(key *yaml.Node, lines map[string]int, path string) bool {
	at := placeOf(c.file, key)
	first, twice := lines[key.Value]
	switch {
	case key.Tag == "!!merge":
		c.fault(at, path, "blocks cannot be merged with <<: write the values out")
	case key.Kind != yaml.ScalarNode || key.Anchor != "" || key.Style&yaml.TaggedStyle != 0:
		c.fault(at, path, "a name must be plain text, without brackets, &, * or !")
	case strings.TrimSpace(key.Value) == "":
		c.fault(at, path, "there is no name before the colon")
	case twice:
		c.fault(at, under(path, key.Value), "%s appears twice, first on line %d: remove one of them", quote(key.Value), first)
	default:
		c.signs(key.Value, at, path)
		lines[key.Value] = at.line
		return true
	}
	return false
}

// signs checks the signs of a name. One that has others than it may is kept, so
// that what speaks of it is not at fault too.
func (c *converter) signs(name string, at place, path string) {
	switch {
	case strings.ContainsAny(name, "\n\t"):
		c.fault(at, path, "the name %s has a line break or a tab in it: write it on one line, with blanks", quote(name))
	case hasControl(name):
		c.fault(at, path, "the name %s has a control character in it (%s), which a terminal or a spreadsheet would obey: remove it", quote(name), controlIn(name))
	}
}

// hasControl reports whether a text has a control character. A file has none as it
// stands, but a text in quotation marks can name one, as "\\e" does.
func hasControl(text string) bool {
	_, found := words.Control(text)
	return found
}

// controlIn is the first control character of a text, by its number.
func controlIn(text string) string {
	sign, _ := words.Control(text)
	return fmt.Sprintf("U+%04X", sign)
}

// entry returns a name with its value.
func (c *converter) entry(key, value *yaml.Node, path string, depth int) entry {
	at := placeOf(c.file, key)
	e := entry{name: key.Value, at: at, value: c.node(value, under(path, key.Value), depth+1)}
	if e.value.at.line > at.line { // a block is where its name is
		e.value.at = at
	}
	return e
}
