package scenario

import (
	"fmt"
	"strings"
)

// curly are the quotation marks that word processors put in the place of
// straight ones. In a programme file they are letters like any other.
const curly = "“”„‟‘’‚‛"

// uncurled returns a text without the curly quotation marks around it.
func uncurled(text string) string {
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(text), curly))
}

// curled is what to say beside a problem with a text in curly quotation marks.
func curled(text string) string {
	if uncurled(text) == strings.TrimSpace(text) {
		return ""
	}
	return "curly quotation marks become part of the text, so write straight ones (\") or none"
}

// tight splits a text in which a colon has no space after it, as in tariff:280.
func tight(text string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(text, ":")
	name = strings.TrimSpace(name)
	return name, value, ok && name != "" && value != "" && !strings.ContainsAny(value[:1], " /\t\n")
}

// noSpace says that a colon has no space after it.
func noSpace(name, value string) string {
	value = plain(value)
	switch {
	case strings.HasPrefix(value, "{"):
		value = "{…}"
	case strings.HasPrefix(value, "["):
		value = "[…]"
	}
	return fmt.Sprintf("a space is missing after the colon: write %s: %s", plain(name), value)
}
