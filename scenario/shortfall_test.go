package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Who is repaid first is said in words, and an edit cannot make a new investor
// of a short name.
func TestOrderOfRepayment(t *testing.T) {
	document := dn2(t)
	p := programmeOf(t, document, "medium", scenario.Set("facility.shortfall repaid", "after investors"))
	assert.True(t, p.Facility.ShortfallLast)
	_, err := document.Version("medium", scenario.Set("facility.shortfall repaid", "sometime"))
	assert.ErrorContains(t, err, "write before investors or after investors")
	_, err = document.Version("medium", scenario.Set("facility.investors.Nottingham Futures", "600000"))
	assert.ErrorContains(t, err, `did you mean "Nottingham & Nottinghamshire Futures"`)
	p = programmeOf(t, document, "medium", scenario.Set("facility.investors.Polaris.rank", "2"))
	assert.Equal(t, 2, p.Facility.Investors[1].Rank)
}
