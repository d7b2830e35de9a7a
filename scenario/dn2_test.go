package scenario_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// The capital is published, and the terms on which it works are not.
func TestDN2Money(t *testing.T) {
	p := programmeOf(t, dn2(t), "base")
	require.NotNil(t, p.Delivery)
	require.NotNil(t, p.Facility)
	total := decimal.Zero
	for _, i := range p.Facility.Investors {
		total = total.Add(i.Commitment)
	}
	assert.Equal(t, "884831", total.String())
	assert.True(t, p.Facility.Investors[1].Provider)
	assert.False(t, p.Facility.NoRecycling)
	assert.Equal(t, model.AsNeeded, p.Facility.Drawing)
	assert.True(t, p.Capacity.None())
	for _, input := range p.Register {
		if strings.HasPrefix(string(input.Path), "delivery.") {
			assert.Equal(t, model.Assumed, input.Status, input.Path)
			assert.NotEmpty(t, input.Note, input.Path)
		}
	}
}

// In every case as many children are referred with the other mix.
func TestMixOfReferrals(t *testing.T) {
	d := dn2(t)
	children := func(p *model.Programme) (all float64) {
		for _, c := range p.Cohorts {
			all += c.Referrals.Children
		}
		return all
	}
	for _, c := range d.Cases() {
		before := programmeOf(t, d, c.Name)
		after := programmeOf(t, d, c.Name+" + mix shifts to foster stability")
		assert.InDelta(t, children(before), children(after), 1e-9, c.Name)
		assert.InDelta(t, before.Cohorts[0].Referrals.Children-26, after.Cohorts[0].Referrals.Children, 1e-9, c.Name)
	}
}

// paid returns the payments that are expected in a quarter, in pence.
func paid(t *testing.T, p *model.Programme, quarter calendar.Quarter) int64 {
	t.Helper()
	e, err := expect.Of(p)
	require.NoError(t, err)
	ledger, err := model.Price(p, e.Counts, contract.Constant)
	require.NoError(t, err)
	q, ok := p.Calendar().Index(quarter)
	require.True(t, ok)
	total := int64(0)
	for metric := range p.Contract.Metrics {
		for commissioner := range p.Commissioners {
			total += ledger.AllowedOf(metric, commissioner)[q]
		}
	}
	return total
}

// The grants of the pause are what the medium case would have been paid without
// it, to the pound.
func TestGrantsOfThePause(t *testing.T) {
	d := dn2(t)
	medium := programmeOf(t, d, "medium")
	paused := programmeOf(t, d, "medium + six months' pause with grant")
	require.Equal(t, []model.Pause{{From: 26, To: 52}}, paused.Cohorts[0].Referrals.Pauses)
	require.Len(t, paused.Contract.Grants, 2)
	for _, grant := range paused.Contract.Grants {
		want := contract.Pounds(paid(t, medium, grant.Quarter)).Round(0)
		assert.Equal(t, want.String(), grant.Amount.String(), grant.Quarter)
		assert.Equal(t, want.String(), contract.Pounds(paid(t, paused, grant.Quarter)).String(), "in place of what is earned")
	}
}
