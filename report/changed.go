package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// mostChanged is how many settings that a version changes stand above a table, and
// widestValue how long a value there may be: show has the rest.
const (
	mostChanged = 6
	widestValue = 60
)

// changedLines say what the layers of versions changed, each setting before and
// after: the lines below a title. A change of some versions alone names their cases.
// What a case itself changes is left to show.
func changedLines(versions ...*scenario.Version) []string {
	var order []string
	layered, has := 0, map[string][]string{}
	for _, v := range versions {
		changes := onTop(v)
		if len(changes) > 0 {
			layered++
		}
		for _, c := range changes {
			text := c.Path + ", " + beforeAndAfter(c) + ", by " + by(c)
			if has[text] == nil {
				order = append(order, text)
			}
			has[text] = append(has[text], cmp.Or(v.Case, asItStands))
		}
	}
	for i, text := range order {
		who := ""
		if len(has[text]) < layered {
			who = " (" + words.And(slices.Compact(has[text])) + ")"
		}
		order[i] = "Changed" + who + ": " + text
	}
	if more := len(order) - mostChanged; more > 1 {
		order = append(order[:mostChanged], fmt.Sprintf("Changed: %d other settings, which edgeofcare show lists", more))
	}
	return order
}

// onTop are the changes that the layers of a version made, without those of its
// case.
func onTop(v *scenario.Version) []scenario.Change {
	if len(v.Layers) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Changes), func(c scenario.Change) bool {
		return c.By == v.Case && !slices.ContainsFunc(v.Layers, func(l scenario.Layer) bool { return l.Name == c.By })
	})
}

// by says who made a change.
func by(c scenario.Change) string {
	if c.By == "edit" {
		return "an edit"
	}
	return c.By
}

// beforeAndAfter says what a setting was and what it is.
func beforeAndAfter(c scenario.Change) string {
	if c.Before == "" {
		return "which was not there, to " + shortened(c.After)
	}
	before, after := valuesOf(c)
	return "from " + before + " to " + after
}

// valuesOf are the two values of a change, with how well each is known where that is
// another thing: a range is multiplied and moved with its value.
func valuesOf(c scenario.Change) (before, after string) {
	before, after = shortened(c.Before), shortened(c.After)
	if c.Does == "" && c.Before != "" && c.KnownBefore != c.KnownAfter {
		before, after = before+howWell(c.KnownBefore), after+howWell(c.KnownAfter)
	}
	return before, after
}

// howWell says how well a value is known, where that has changed.
func howWell(well string) string {
	if well == "" {
		return " (taken as certain)"
	}
	return " (" + shortened(well) + ")"
}

// shortened is a value that stands on one line.
func shortened(value string) string {
	value = words.OneLine(value)
	if letters := []rune(value); len(letters) > widestValue {
		return strings.TrimSpace(string(letters[:widestValue])) + "…"
	}
	return value
}

// changes lays out every setting that the case and the layers of a version changed.
func changes(v *scenario.Version) Table {
	t := Table{Title: "What the version changes in the file", Columns: textColumns("setting", "before", "after", "by")}
	for _, c := range v.Changes {
		before, after := valuesOf(c)
		t.add(texts(c.Path, before, after, by(c))...)
	}
	return t
}
