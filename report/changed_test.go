package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// What is put on top of a case is said with the number before and after, and what
// the case itself changes is not.
func TestChangesAreSaidAboveATable(t *testing.T) {
	for _, c := range []struct {
		versions []string
		want     []string
	}{
		{[]string{"low"}, nil},
		{[]string{"base + {background.foster.residential=0.5}"}, []string{"Changed: background.foster.residential, from 0.002 (range: 0.001 to 0.0035) to 0.5 (taken as certain), by an edit"}},
		{[]string{"base + {background.foster.residential*=0.5}"}, []string{"Changed: background.foster.residential, from 0.002 to 0.001, by an edit"}},
		{[]string{"base + {contract cap=none}", "low + {contract cap=none}", "medium"}, []string{"Changed: contract cap, from 9123323 to none, by an edit"}},
		{
			[]string{"medium + {cohorts.step-down.referrals.children=50}", "low + {cohorts.step-down.referrals.children=50}"},
			[]string{
				"Changed (medium): cohorts.step-down.referrals.children, from 64.50 to 50, by an edit",
				"Changed (low): cohorts.step-down.referrals.children, from 43.56 to 50, by an edit",
			},
		},
		{[]string{"base + {grants={Q4 2020/21: 50000}}"}, []string{"Changed: grants, which was not there, to {Q4 2020/21: 50000}, by an edit"}},
	} {
		require.Equal(t, c.want, changedLines(versionsOf(t, "dn2", c.versions...)...), "%v", c.versions)
	}
}

// No flood: of many changes six are said, and how many more there are.
func TestChangesAreCut(t *testing.T) {
	lines := changedLines(versionsOf(t, "dn2", "base + referrals down 20% + placements break down twice as often")...)
	require.Len(t, lines, 7)
	require.Equal(t, "Changed: cohorts.step-down.referrals.children, from 53.46 to 42.768, by referrals down 20%", lines[0])
	require.Equal(t, "Changed: 2 other settings, which edgeofcare show lists", lines[6])
	require.Len(t, shortened(strings.Repeat("a", 100)), widestValue+len("…"))
}

// A change by a variant that is called as the case is the variant's.
func TestChangesOfAVariantWithTheNameOfTheCase(t *testing.T) {
	v := &scenario.Version{
		Case: "low", Layers: []scenario.Layer{{Kind: "variant", Name: "low"}},
		Changes: []scenario.Change{{Path: "end", Before: "2026-01-01", After: "2027-01-01", By: "low"}},
	}
	require.Len(t, onTop(v), 1)
	v.Layers[0].Name = "other"
	require.Empty(t, onTop(v))
}
