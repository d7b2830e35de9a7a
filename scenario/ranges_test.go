package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

const dearVariant = "  dear: {edits: {unit costs.residential: 6000, cohorts.step-down.failure: {hazard: 0.02, to: {foster: 100%}}}}\n"

// The edits of a range are those of its variants, whatever the variants are called.
func TestRangesAreTheirVariants(t *testing.T) {
	assert.Empty(t, good(t).Ranges())
	d := changed(t, dearVariant+"ranges: {cost of residential care: {low: cheap, high: dear}}")
	ranges := d.Ranges()
	require.Len(t, ranges, 1)
	assert.Equal(t, "cost of residential care", ranges[0].Name)
	for variant, edits := range map[string][]scenario.Edit{"cheap": ranges[0].Low, "dear": ranges[0].High} {
		ofVariant, err := d.Version("low + " + variant)
		require.NoError(t, err)
		ofEdits, err := d.Version("low", edits...)
		require.NoError(t, err)
		assert.Equal(t, ofVariant.Programme, ofEdits.Programme)
		assert.Equal(t, ofVariant.Changes, ofEdits.Changes)
		again, err := d.Version(ofEdits.Name())
		require.NoError(t, err, "a block is written as well as a value")
		assert.Equal(t, ofEdits.Programme.Fingerprint(), again.Programme.Fingerprint())
	}

	clear(ranges[0].Low)
	assert.Equal(t, "unit costs.residential*=0.5", d.Ranges()[0].Low[0].String(), "what is handed out is a copy")
}

func TestRangesAreChecked(t *testing.T) {
	for ranges, problems := range map[string][]string{
		"{}": {}, // nothing to say is no fault
		"{cost: {low: cheap, high: deer}}": {
			`x.yaml:56:35: ranges.cost.high: there is no variant called "deer": did you mean "dear"? The variants are "cheap" and "dear"`,
		},
		"{cost: {low: cheap, high: cheap}}": {
			`x.yaml:56:35: ranges.cost.high: low and high are both "cheap": name two variants`,
		},
		"{cost: {low: cheap}}": {
			`x.yaml:56:16: ranges.cost.high: "high" is missing: write the variant with the high value`,
		},
		"[cheap, dear]": {
			`x.yaml:56:9: ranges: a list was given where a block is needed: write the name of each of the ranges with a colon after it`,
		},
	} {
		_, err := scenario.Read("x.yaml", strings.NewReader(goodText(t)+dearVariant+"ranges: "+ranges))
		if len(problems) == 0 {
			assert.NoError(t, err)
			continue
		}
		assert.EqualError(t, err, strings.Join(problems, "\n"))
	}
	_, err := good(t).Version("+ {ranges={}}")
	assert.ErrorContains(t, err, `"ranges" cannot be changed by an edit`)
}
