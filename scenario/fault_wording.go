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
	var quoted []string
	for i, name := range names {
		if i == show {
			quoted = append(quoted, fmt.Sprintf("%d more", len(names)-show))
			break
		}
		quoted = append(quoted, fmt.Sprintf("%q", name)) // in full: it is there to be copied
	}
	return words.And(quoted)
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
