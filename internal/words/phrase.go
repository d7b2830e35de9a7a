package words

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// And joins phrases as a sentence does: "a", "a and b", "a, b and c".
func And(phrases []string) string { return joined(phrases, " and ") }

// Or joins alternatives as a sentence does: "a", "a or b", "a, b or c".
func Or(phrases []string) string { return joined(phrases, " or ") }

func joined(phrases []string, last string) string {
	n := len(phrases) - 1
	if n < 1 {
		return strings.Join(phrases, "")
	}
	return strings.Join(phrases[:n], ", ") + last + phrases[n]
}

// Quoted lists names in quotation marks, at most so many: `"a", "b", and 3 more`.
func Quoted(names []string, most int) string {
	var quoted []string
	for i, name := range names {
		if i == most {
			quoted = append(quoted, fmt.Sprintf("and %s more", Count(float64(len(names)-most))))
			break
		}
		quoted = append(quoted, strconv.Quote(name))
	}
	return strings.Join(quoted, ", ")
}

// Unit is what is counted, in the singular and the plural: "week" and "weeks".
type Unit struct {
	One, Many string
	// PerChild reports that a child is counted once at most, so that the number
	// is also one of children.
	PerChild bool
}

// Of writes a number of the unit: "1 week", "2,000 weeks", "1.5 weeks".
// Decimals are shown only where there are any.
func (u Unit) Of(n float64) string {
	text := grouped(strconv.FormatFloat(n, 'f', -1, 64))
	if n == 1 {
		return text + " " + u.One
	}
	return text + " " + u.Many
}

// A is one of the unit, as a price is said to be for: "a week", "an outcome".
func (u Unit) A() string {
	if first, _ := utf8.DecodeRuneInString(u.One); strings.ContainsRune("aeiouAEIOU", first) {
		return "an " + u.One
	}
	return "a " + u.One
}

// Plural writes a number of things whose plural ends in s: "1 replication",
// "2,000 replications".
func Plural(n int, one string) string { return Unit{One: one, Many: one + "s"}.Of(float64(n)) }

// Capital makes the first letter a capital: "Élevé" of "élevé". A text that
// begins with something else than a letter stays as it is: "£9m".
func Capital(text string) string { return first(text, unicode.ToUpper) }

// Small makes the first letter a small one, as inside a sentence. A word of capitals and
// a name of several words stay as they are: "M1 step-down", "Life Chances Fund pays".
func Small(text string) string {
	word, rest, _ := strings.Cut(text, " ")
	article := word == "The" || word == "A" || word == "An"
	if capitalAt(word, 1) || capitalAt(rest, 0) && !article {
		return text
	}
	return first(text, unicode.ToLower)
}

// capitalAt reports whether the letter at a place of a text, counted in letters, is a
// capital or, after the first, a digit.
func capitalAt(text string, at int) bool {
	letters := []rune(text)
	return at < len(letters) && (unicode.IsUpper(letters[at]) || at > 0 && unicode.IsDigit(letters[at]))
}

func first(text string, change func(rune) rune) string {
	letter, size := utf8.DecodeRuneInString(text)
	if letter == utf8.RuneError {
		return text
	}
	return string(change(letter)) + text[size:]
}

// Ordinal is a place in a row: 1st, 2nd, 3rd, 4th, 11th.
func Ordinal(n int) string {
	ending := "th"
	if tens := n / 10 % 10; tens != 1 && n%10 >= 1 && n%10 <= 3 {
		ending = []string{"st", "nd", "rd"}[n%10-1]
	}
	return fmt.Sprintf("%d%s", n, ending)
}
