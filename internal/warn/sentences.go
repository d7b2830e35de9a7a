package warn

import "github.com/edgeofcare/edgeofcare/internal/words"

func quoted(name string) string { return words.Quoted([]string{name}, 1) }

func weeks(n int) string { return words.Plural(n, "week") }

// verb is the form for one or for many.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// first returns the first of some texts, and how many more there are.
func first(texts []string, most int) []string {
	if len(texts) <= most {
		return texts
	}
	return append(texts[:most:most], words.Plural(len(texts)-most, "other number"))
}
