package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// inputAt is the line of the register of a path, after edits.
func inputAt(t *testing.T, d *scenario.Document, path string, edits ...scenario.Edit) model.Input {
	t.Helper()
	return input(t, programmeOf(t, d, "", edits...), path)
}

// Editions stand beside values, or beside a block for all of it. A value that an edit
// sets is of no edition unless the edit says so.
func TestEditions(t *testing.T) {
	d := changed(t, "discount rate: {value: 3.5%, edition: 'The Green Book, 5 February 2026', next due: 2027-02-05}",
		"\nunit costs:", "\nunit costs:\n  value:", "\n  residential: 4000", "\n   residential: 4000",
		"\n  foster: 1000", "\n   foster: {value: 1000, edition: 'Another, 2024'}", "\n  edge of care: 100", "\n   edge of care: 100",
		"\n  reunified: 100", "\n   reunified: 100\n  edition: A survey, 2025\n  next due: 2026-12-31")
	rate := inputAt(t, d, "discount rate")
	require.Equal(t, "The Green Book, 5 February 2026", rate.Edition)
	require.Equal(t, "2027-02-05", rate.NextDue.String())
	residential, foster := inputAt(t, d, "unit costs.residential"), inputAt(t, d, "unit costs.foster")
	require.Equal(t, "A survey, 2025", residential.Edition)
	require.Equal(t, "2026-12-31", residential.NextDue.String())
	require.Equal(t, "Another, 2024", foster.Edition)
	require.True(t, foster.NextDue.IsZero(), "the block's day is of the block's edition")
	edited := inputAt(t, d, "discount rate", scenario.Set("discount rate", "3%"))
	require.Empty(t, edited.Edition)
	require.True(t, edited.NextDue.IsZero())
	// Where the file does not say, the default is of an edition too.
	require.NotEmpty(t, inputAt(t, good(t), "discount rate").Edition)
}

func TestFaultyEditions(t *testing.T) {
	_, err := scenario.Read("x.yaml", strings.NewReader(goodText(t)+"\ndiscount rate: {value: 3.5%, edition: [2026], next due: soon}\n"))
	var all []string
	for _, f := range scenario.Faults(err) {
		all = append(all, f.Error())
	}
	text := strings.Join(all, "\n")
	assert.Contains(t, text, "discount rate.edition: a list was given where a single value is needed")
	assert.Contains(t, text, `discount rate.next due: "soon" is not a date`)
}

// Every parameter of an appraisal in the library says of which edition it is, where it
// has a source: the discount rate with the day on which a newer one is due.
func TestLibraryEditions(t *testing.T) {
	for _, one := range scenario.List() {
		d, err := scenario.Open(one.Name)
		require.NoError(t, err)
		require.False(t, inputAt(t, d, "discount rate").NextDue.IsZero(), one.Name)
		v, err := d.Version("")
		require.NoError(t, err)
		for _, in := range v.Programme.Register {
			appraisal := in.Path == "discount rate" || in.Path == "inflation" || strings.HasPrefix(string(in.Path), "unit costs.")
			if appraisal && in.Source != "" && in.Source != "DN2" {
				assert.NotEmpty(t, in.Edition, "%s: %s", one.Name, in.Path)
			}
		}
	}
}
