package sensitivity_test

import (
	"context"
	"math"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func size(t *testing.T, p *model.Programme, confidence float64, replications int) *sensitivity.Sizing {
	t.Helper()
	before := p.Fingerprint()
	s, err := sensitivity.Size(context.Background(), &scenario.Version{Programme: p}, confidence, montecarlo.Options{Replications: replications, Seed: 1, FixedRates: true})
	require.NoError(t, err)
	assert.Equal(t, before, p.Fingerprint(), "the caller's programme")
	return s
}

// enough checks an answer by runs of its own, with one investor.
func enough(t *testing.T, p *model.Programme, recycles bool, s sensitivity.Sized, confidence float64, replications int) {
	t.Helper()
	require.True(t, s.Found)
	short := func(size float64) float64 {
		q, f := *p, *p.Facility
		f.NoRecycling = !recycles
		f.Investors = []model.Investor{{Name: "all", Commitment: decimal.NewFromFloat(size)}}
		q.Facility = &f
		event, ok := run(t, &q, few(replications)).Probabilities.Of(montecarlo.FacilityShort)
		require.True(t, ok)
		return event.Probability
	}
	assert.LessOrEqual(t, s.Short.Probability, 1-confidence+1e-9)
	assert.Greater(t, s.PoundLess.Probability, 1-confidence+1e-9)
	assert.InDelta(t, s.Short.Probability, short(s.Facility), 1e-9)
	assert.InDelta(t, s.PoundLess.Probability, short(s.Facility-1), 1e-9)
	assert.Equal(t, math.Trunc(s.Facility), s.Facility)
	assert.LessOrEqual(t, s.Low, s.Facility)
	require.NotNil(t, s.High)
	assert.GreaterOrEqual(t, *s.High, s.Facility)
}

// DN2's money is drawn as needed, so that what is needed is known from one run.
func TestSizeAsNeeded(t *testing.T) {
	d, o := open(t, "dn2"), few(0, funded()...)
	p := programme(t, d, o)
	s := size(t, p, 0.9, 100)
	enough(t, p, true, s.Recycled, 0.9, 100)
	enough(t, p, false, s.Drawn, 0.9, 100)
	assert.True(t, s.Recycles)
	assert.InDelta(t, 880_001, *s.Commitment, 0)
	assert.Greater(t, s.Drawn.Facility, s.Recycled.Facility)
	assert.LessOrEqual(t, s.Recycled.Facility, math.Ceil(*s.Recycled.Largest))
	assert.Less(t, s.Recycled.Need.Mean, s.Recycled.Facility)
	today := run(t, p, few(100))
	short, _ := today.Probabilities.Of(montecarlo.FacilityShort)
	assert.Equal(t, short, *s.Recycled.ShortToday)

	// The same facility, found by halving because nothing can be drawn after
	// the last day, which changes nothing.
	halved := size(t, programme(t, d, o, scenario.Set("facility.draws until", "2027-12-31")), 0.9, 100)
	for _, pair := range [][2]sensitivity.Sized{{s.Recycled, halved.Recycled}, {s.Drawn, halved.Drawn}} {
		assert.Equal(t, pair[0].Facility, pair[1].Facility)
		assert.Equal(t, pair[0].PoundLess, pair[1].PoundLess)
		assert.InEpsilon(t, pair[0].Low, pair[1].Low, 2e-3)
		assert.InEpsilon(t, *pair[0].High, *pair[1].High, 2e-3)
		assert.Nil(t, pair[1].Need)
	}
}

// The template's money comes in tranches and bears a preferred return: its need
// depends on how large the facility is.
func TestSizeByHalving(t *testing.T) {
	p := programme(t, changed(t), few(0), scenario.Set("facility.draws until", "2032-03-31"))
	s := size(t, p, 0.8, 40)
	enough(t, p, true, s.Recycled, 0.8, 40)
	enough(t, p, false, s.Drawn, 0.8, 40)
}

// Money that can be drawn only at the beginning is never enough.
func TestSizeThereIsNone(t *testing.T) {
	d, o := open(t, "dn2"), few(0, funded()...)
	s := size(t, programme(t, d, o, scenario.Set("facility.draws until", "2020-10-31")), 0.9, 20)
	assert.False(t, s.Recycled.Found)
	assert.False(t, s.Drawn.Found)
}

// A programme without a facility, or whose investors commit nothing yet, is sized
// too; one that is never below zero needs none.
func TestSizeFromNothing(t *testing.T) {
	d, o := open(t, "dn2"), few(0, funded()...)
	want := size(t, programme(t, d, o), 0.9, 40)
	for _, investors := range []string{"{First: 0, Second: 0, Third: 0}"} {
		s := size(t, programme(t, d, o, scenario.Set("facility.investors", investors)), 0.9, 40)
		assert.Equal(t, want.Recycled.Facility, s.Recycled.Facility)
		assert.InDelta(t, 1, s.Recycled.ShortToday.Probability, 0)
	}
	p := programme(t, d, o)
	p.Facility = nil
	s := size(t, p, 0.9, 40)
	assert.Nil(t, s.Commitment)
	assert.Nil(t, s.Recycled.ShortToday)
	assert.Equal(t, want.Recycled.Facility, s.Recycled.Facility)
	assert.Equal(t, want.Drawn.Facility, s.Drawn.Facility)

	free := size(t, programme(t, d, o, scenario.Set("delivery.scale", "0")), 0.9, 20)
	assert.True(t, free.Recycled.Found)
	assert.Zero(t, free.Recycled.Facility)
	assert.Nil(t, free.Recycled.PoundLess)
}

func TestSizeRefuses(t *testing.T) {
	ctx := context.Background()
	_, err := sensitivity.Size(ctx, options{}.version(t, open(t, "essex-mst")), 0.9, montecarlo.Options{})
	require.ErrorIs(t, err, finance.ErrNoDelivery)
	p := programme(t, open(t, "dn2"), few(0))
	_, err = sensitivity.Size(ctx, &scenario.Version{Programme: p}, 95, montecarlo.Options{})
	require.ErrorContains(t, err, "between 0 and 1")
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err = sensitivity.Size(stopped, &scenario.Version{Programme: p}, 0.9, montecarlo.Options{FixedRates: true})
	require.ErrorIs(t, err, context.Canceled)
}
