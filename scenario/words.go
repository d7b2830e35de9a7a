package scenario

import (
	"fmt"
	"strings"
	"unicode"
)

// unknownName says that a name is not one of the valid ones, suggests the
// nearest and lists them.
func unknownName(name, what string, valid []string) string {
	if len(valid) == 0 {
		return fmt.Sprintf("%s is no %s: there is none", quote(name), what)
	}
	near, ok := nearest(name, valid)
	switch {
	case ok && len(valid) == 1:
		return fmt.Sprintf("%s is no %s: did you mean %s, the only one?", quote(name), what, quote(near))
	case ok:
		return fmt.Sprintf("%s is no %s: did you mean %s? There are %s", quote(name), what, quote(near), list(valid))
	case len(valid) == 1:
		return fmt.Sprintf("%s is no %s: the only one is %s", quote(name), what, quote(valid[0]))
	}
	return fmt.Sprintf("%s is no %s: write one of %s", quote(name), what, list(valid))
}

// quote puts what was given in quotation marks, and shortens it if it is long.
func quote(text string) string {
	const show = 40
	runes := []rune(text)
	if len(runes) > show {
		return fmt.Sprintf("%q…", string(runes[:show]))
	}
	return fmt.Sprintf("%q", text)
}

// list puts names in a sentence, each quoted; a long list is cut short.
func list(names []string) string {
	const show = 30
	var quoted []string
	for i, name := range names {
		if i == show {
			quoted = append(quoted, fmt.Sprintf("and %d more", len(names)-show))
			break
		}
		quoted = append(quoted, quote(name))
	}
	return strings.Join(quoted, ", ")
}

// and joins words as in a sentence: "a", "a and b", "a, b and c".
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// nearest returns the valid name that a mistyped one is most likely to stand
// for, and whether any is near enough to suggest: one letter in three may be
// wrong, or one name may be a part of the other.
func nearest(name string, valid []string) (string, bool) {
	const longest = 60
	given := fold(name)
	if len(given) > longest {
		return "", false
	}
	best, least := "", max(1, len(given)/3)+1
	for _, v := range valid {
		if len(v) > longest {
			continue
		}
		if d := distance([]rune(given), []rune(fold(v))); d < least {
			best, least = v, d
		}
	}
	if best == "" && len(given) >= 4 {
		best = partOf(given, valid)
	}
	return best, best != ""
}

// partOf returns the first valid name that holds the given one, or the other
// way round; empty if there is none.
func partOf(given string, valid []string) string {
	for _, v := range valid {
		if strings.Contains(fold(v), given) || len(v) >= 4 && strings.Contains(given, fold(v)) {
			return v
		}
	}
	return ""
}

// fold takes away the differences that do not count as mistakes.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return ' '
		}
		return unicode.ToLower(r)
	}, name)
}

// distance is how many letters must be added, taken out, changed or swapped
// with their neighbour to get from one word to the other.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
