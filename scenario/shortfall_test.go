package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Who is repaid first is said in words, and an edit cannot make a new investor
// of a short name.
func TestOrderOfRepayment(t *testing.T) {
	document := dn2(t)
	p, err := document.Programme("medium", scenario.Set("facility.shortfall repaid", "after investors"))
	require.NoError(t, err)
	assert.True(t, p.Facility.ShortfallLast)
	_, err = document.Programme("medium", scenario.Set("facility.shortfall repaid", "sometime"))
	assert.ErrorContains(t, err, "write before investors or after investors")
	_, err = document.Programme("medium", scenario.Set("facility.investors.Nottingham Futures", "600000"))
	assert.ErrorContains(t, err, `did you mean "Nottingham & Nottinghamshire Futures"`)
	p, err = document.Programme("medium", scenario.Set("facility.investors.Polaris.rank", "2"))
	require.NoError(t, err)
	assert.Equal(t, 2, p.Facility.Investors[1].Rank)
}
