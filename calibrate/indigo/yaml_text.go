package indigo

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line writes a line indented by so many steps.
func (d *draft) line(depth int, line string) {
	if line != "" {
		d.b.WriteString(strings.Repeat("  ", depth) + line)
	}
	d.b.WriteByte('\n')
}

// comment writes a remark in lines of moderate length.
func (d *draft) comment(depth int, remark string) { d.hanging(depth, "# ", remark) }

// hanging writes a remark whose first line begins with a mark, and whose others
// are indented as far.
func (d *draft) hanging(depth int, mark, remark string) {
	const width = 78
	rest := "#" + strings.Repeat(" ", len(mark)-1)
	line, empty := mark, true
	for _, word := range strings.Fields(clean(remark)) {
		if !empty && 2*depth+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			d.line(depth, line)
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	if !empty {
		d.line(depth, line)
	}
}

// value writes a value with its source.
func (d *draft) value(depth int, name, value, status, note string) {
	line := name + ": {value: " + value + ", status: " + status + ", source: " + source
	if note != "" {
		line += ", note: " + text(note)
	}
	d.line(depth, line+"}")
}

// name returns a name for a block that has no other of the same name.
func (d *draft) name(name string) string {
	const most = 200 // YAML allows 1024 bytes
	runes := []rune(clean(name))
	name = cmp.Or(string(runes[:min(len(runes), most)]), "without a name")
	unique := name
	for n := 2; d.used[unique]; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	d.used[unique] = true
	return text(unique)
}

// text writes any text as one line of YAML.
func text(s string) string {
	return strconv.Quote(clean(s)) // in which nothing needs an escape that YAML does not have
}

// clean is a text on one line, without characters that cannot be printed.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !strconv.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// slug is a programme's short name: small letters, digits and hyphens.
func slug(name string) string {
	const most = 60
	var b strings.Builder
	for _, r := range strings.ToLower(strings.NewReplacer("’", "", "'", "").Replace(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := b.String()
	if len(s) > most {
		s = s[:most]
	}
	return cmp.Or(strings.Trim(s, "-"), "programme")
}
