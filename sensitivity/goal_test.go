package sensitivity_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Goals as people write them, and what the library writes for each.
func TestGoalsAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"net public saving, mean, at least £0":                                          "net public saving, mean at least £0",
		"net public saving mean at least 0":                                             "net public saving, mean at least £0",
		"net saving, Northmoor above £0 with 80%":                                       "net saving, Northmoor, above £0 with at least 80%",
		"net saving, Northmoor, above -£1.5m with at least 0.8":                         "net saving, Northmoor, above -£1,500,000 with at least 80%",
		"loses money, Polaris at most 10%":                                              "gets back less than was paid in, Polaris, at most 10%",
		"facility not enough, at most 5%":                                               "facility is not enough, at most 5%",
		"internal rate of return, consortium, P10 at least 4.5%":                        "internal rate of return, consortium, P10 at least 4.5%",
		"benefit-cost ratio, median at least 1.5":                                       "benefit-cost ratio, P50 at least 1.5",
		"outcome payments, central projection at most £9,000k":                          "outcome payments, central projection at most £9,000,000",
		"capital requirement, P95, at most A$1,000.50":                                  "capital requirement, P95 at most A$1,000.5",
		"children started below 200 with at most 10%":                                   "children started, below 200 children with at most 10%",
		"own payments above what is affordable in the year, Derby 2023/24, at most 10%": "own payments above what is affordable in the year, Derby 2023/24, at most 10%",
		"net saving above zero, Derby at least 80%":                                     "net saving above zero, Derby, at least 80%",
	} {
		g, err := sensitivity.ReadGoal(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, g.String())
		again, err := sensitivity.ReadGoal(g.String())
		require.NoError(t, err, text)
		assert.Equal(t, g, again)
	}
}

// An error shows the place and what to write there.
func TestGoalsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "there is no goal: a goal needs a test",
		"net public saving":                     "at its end: a goal needs a test",
		"net public saving at least £0":         `which figure of "net public saving" is meant? Before the test write mean, central projection, P10`,
		"net savings, mean at least £0":         `goal "net savings, mean at least £0", at "net savings, mean at least £0":`,
		"net public saving, mean at least many": `at "at least many": "many" is no figure in £: write £0`,
		"net public saving, P0 at least £0":     `"P0" is no quantile`,
		"internal rate of return, consortium, mean at least 8%": `has no mean: say central projection, P10`,
		"internal rate of return, consortium, P10 at least 8":   `"8" is no figure in rate: write a percentage`,
		"net saving, Derby, above £0 with at least 80":          `"80" is no chance: write a percentage`,
		"net saving, Derby, above £0 with at least 100%":        "more than 0% and less than 100%",
		"net saving, Derby, above with 80%":                     "this is no test",
		"loses money, Polaris, mean at most 10%":                "has no mean",
		"loses money, Polaris, above 0% with 10%":               "is an event, not an amount",
	} {
		_, err := sensitivity.ReadGoal(text)
		require.ErrorContains(t, err, want, text)
	}
	_, err := sensitivity.ReadGoal("net savings, mean at least £0")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
}

// Every goal reads back as it was.
func TestGoalsReadBack(t *testing.T) {
	measures := slices.DeleteFunc(montecarlo.Measures(), func(m montecarlo.Measure) bool { return m.Kind == "daily" || m.Kind == "when paid" })
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(measures).Draw(t, "measure")
		g := sensitivity.Goal{Measure: montecarlo.Key{Name: m.Name, Unit: m.Unit}, Figure: "chance", AtMost: rapid.Bool().Draw(t, "at most")}
		if len(m.By) > 0 {
			g.Measure.Of = rapid.SampledFrom([]string{"", "Derby", "Bristol, North Somerset", "above all", "M1 at most", "with"}).Draw(t, "of")
		}
		if m.Arms {
			g.Measure.Arm = "intervention"
		}
		share := rapid.Float64Range(1e-9, 1-1e-9)
		number := rapid.OneOf(rapid.Float64Range(-1e12, 1e12), rapid.Just(0.0), rapid.Map(rapid.IntRange(-1e6, 1e6), func(n int) float64 { return float64(n) }))
		switch {
		case m.Kind == "probability":
			g.Wanted = share.Draw(t, "wanted")
		case rapid.Bool().Draw(t, "chance of a total"):
			g.Side, g.Threshold, g.Wanted = rapid.SampledFrom([]string{"above", "below"}).Draw(t, "side"), number.Draw(t, "threshold"), share.Draw(t, "wanted")
		default:
			figures := []string{"mean", "central projection", "quantile"}
			if m.Kind == "ranked" {
				figures = figures[1:]
			}
			g.Figure, g.Wanted = rapid.SampledFrom(figures).Draw(t, "figure"), number.Draw(t, "wanted")
			if g.Figure == "quantile" {
				g.P = share.Draw(t, "p")
			}
		}
		if g.Measure.Unit == montecarlo.Pounds {
			g.Currency = rapid.SampledFrom([]string{"", "AUD", "EUR", "SEK"}).Draw(t, "currency")
		}
		again, err := sensitivity.ReadGoal(g.String())
		if err != nil || again != g {
			t.Fatalf("%#v\nwrites %q\nreads %#v, %v", g, g.String(), again, err)
		}
	})
}

// What can be read is written so that it reads as the same again, and nothing panics.
func FuzzReadGoal(f *testing.F) {
	for _, text := range []string{
		"net public saving, mean at least £0", "net saving, Derby, above £0 with at least 80%", "loses money, Polaris, at most 10%",
		"internal rate of return, consortium, P10 at least 4%", ", above  with ", "at least", "P1 at least 1", "children started, mean at most 1e9",
		"benefit-cost ratio, P99.9999999999999999999 at least 1", "outcome payments, mean at least -SEK 0.000000000000000000001",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := sensitivity.ReadGoal(text)
		if err != nil {
			return
		}
		require.False(t, math.IsNaN(g.Wanted) || math.IsInf(g.Wanted, 0))
		again, err := sensitivity.ReadGoal(g.String())
		require.NoError(t, err, g.String())
		require.Equal(t, g, again)
	})
}
