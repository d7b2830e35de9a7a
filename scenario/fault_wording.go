package scenario

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// quote puts what was given in quotation marks, and shortens it if it is long.
func quote(text string) string {
	const show = 40
	runes := []rune(text)
	if len(runes) > show {
		return fmt.Sprintf("%q…", string(runes[:show]))
	}
	return fmt.Sprintf("%q", text)
}

// plain returns a text for use in a sentence: on one line, and shortened if it is
// long.
func plain(text string) string {
	const show = 40
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > show {
		return string(runes[:show]) + "…"
	}
	return text
}

// list puts names in a sentence, each quoted; a long list is cut short.
func list(names []string) string {
	const show = 50
	rest := len(names) - show
	if rest > 0 {
		names = names[:show]
	}
	return listAnd(names, rest)
}

// listAnd puts names in a sentence, and how many more there are.
func listAnd(names []string, rest int) string {
	var quoted []string
	for _, name := range names {
		quoted = append(quoted, fmt.Sprintf("%q", name)) // in full: it is there to be copied
	}
	if rest > 0 {
		quoted = append(quoted, fmt.Sprintf("%d more", rest))
	}
	return words.And(quoted)
}

// listMost is how many names are listed in full for a name that is none of them, and
// listNearest how many of more than that.
const listMost, listNearest = 15, 6

// listNear puts names in a sentence for a name that is none of them: all, or of many those
// that are most like it.
func listNear(name string, names []string) string {
	if len(names) <= listMost {
		return list(names)
	}
	few, _ := nearestFew(name, names, listNearest)
	return listAnd(few, len(names)-len(few))
}

// areNear says which of some kind of name there are, for a name that is none of them: all,
// as in "the cases are …", or of more than so many the few that are most like it, as in "the
// nearest of 70 measures are …".
func areNear(kinds, name string, names []string, most int) string {
	if len(names) <= most {
		return "the " + kinds + " are " + list(names)
	}
	few, like := nearestFew(name, names, listNearest)
	if !like {
		return fmt.Sprintf("%d of %d %s are %s", len(few), len(names), kinds, listAnd(few, 0))
	}
	return fmt.Sprintf("the nearest of %d %s are %s", len(names), kinds, listAnd(few, 0))
}

// more adds a sentence to a problem; an empty one adds nothing.
func more(problem, sentence string) string {
	switch {
	case sentence == "":
		return problem
	case strings.HasSuffix(problem, "?"):
		return problem + " " + words.Capital(sentence)
	}
	return problem + "; " + sentence
}
