package report

import (
	"cmp"
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// caseLine names a case below a title.
func caseLine(v *scenario.Version) string {
	if v.Name() == "" {
		return "The programme as it stands"
	}
	return "Case: " + v.Name()
}

// titleOf is the programme's name in full, or its short name.
func titleOf(v *scenario.Version) string { return cmp.Or(v.Programme.Title, v.Programme.Name) }

// headingOf is the version as the heading of a column.
func headingOf(v *scenario.Version) string { return cmp.Or(v.Name(), "as it stands") }

// runLine says how many replications figures rest on, and in what prices.
func runLine(c montecarlo.Conventions, of string) string {
	return fmt.Sprintf("%s replications%s, seed %d; £ in %s", words.Count(float64(c.Replications)), of, c.Seed, c.PriceBase)
}

// notes say how figures were made.
func notes(r *montecarlo.Result) []string {
	c := r.Conventions
	return []string{
		centralNote(c) + " They differ where a cap binds, and the mean is then the one to expect.",
		rangeNote(c) + " " + words.Capital(c.Pairing) + ".",
		words.Capital(c.Window) + ". Undiscounted unless called a present value: " + c.Discounting + ".",
		"Counting: " + c.Counting + ". " + madeNote(c),
		"Check: among so many figures a largest difference of 2 to 3.5 standard errors is ordinary; above 5 there is a warning.",
	}
}

// centralNote says what the central projection and the mean are.
func centralNote(c montecarlo.Conventions) string {
	return "Central projection: " + c.Central + ". Mean: " + c.Mean + "."
}

// rangeNote says what ranges and probabilities cover.
func rangeNote(c montecarlo.Conventions) string { return "Range: " + c.Uncertainty + "." }

// madeNote says over what time and by what the figures were made.
func madeNote(c montecarlo.Conventions) string {
	return fmt.Sprintf("Horizon: %s, %d weeks. Engine %s on %s; programme %s.", c.Horizon.Long(), c.Weeks, c.Engine, c.Architecture, c.Fingerprint)
}

// warned are the warnings of runs, and the cautions of their programme.
func warned(results ...*montecarlo.Result) []string {
	return append(warnings(results...), cautions(results[0].Version.Programme.Cautions)...)
}

// warnings are the warnings of runs, by case.
func warnings(results ...*montecarlo.Result) []string {
	var all []string
	for _, r := range results {
		for _, w := range r.Warnings {
			where := "Warning"
			if name := r.Version.Name(); name != "" {
				where += " (" + name + ")"
			}
			all = append(all, where+": "+w.Text+".")
		}
	}
	return all
}

// cautions are a programme's own, which every report carries.
func cautions(all []string) []string {
	var notes []string
	for _, caution := range all {
		notes = append(notes, "Caution: "+caution)
	}
	return notes
}
