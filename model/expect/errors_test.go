package expect_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// milestone is a trigger that this package does not know.
type milestone struct{ contract.FullWeeks }

func (*milestone) Definition() contract.Definition { return contract.Definition{Kind: "milestone"} }

func TestUnknownTrigger(t *testing.T) {
	p := base()
	p.Contract.Metrics[0].Trigger = &milestone{}
	p.Contract.Metrics[2].Trigger = &milestone{}
	e, err := expect.Of(p)
	require.Nil(t, e)
	unknown, ok := errors.AsType[*expect.TriggerError](err)
	require.True(t, ok)
	require.Equal(t, &expect.TriggerError{Metric: "M1", Kind: "milestone"}, unknown)
	require.ErrorContains(t, err, `metrics.M3.trigger: "milestone" has no exact expectation`)
}

func TestNoProgramme(t *testing.T) {
	for _, p := range []*model.Programme{nil, {}} {
		e, err := expect.Of(p)
		require.Nil(t, e)
		_, ok := errors.AsType[*model.Fault](err)
		require.True(t, ok, "%v", err)
	}
}

func TestProgrammesWithoutAnExpectation(t *testing.T) {
	for _, c := range []struct {
		what, want string
		edit       func(*model.Programme)
	}{
		{"no whole day of age", "ages at referral: there is no whole day of age", func(p *model.Programme) { p.Ages = model.Ages{From: 10, To: 10.001} }},
		{"end of time", "end: the last week ends after the year 9999", func(p *model.Programme) { p.Start = calendar.NewDate(9999, 10, 1) }},
		{"more than everyone moves", "add up to 1.01", func(p *model.Programme) {
			p.Cohorts[0].Failure = to("foster", .31)
			p.Cohorts[0].Failure[0].Moves = append(p.Cohorts[0].Failure[0].Moves, to("residential", .7)[0].Moves...)
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			p := base()
			c.edit(p)
			_, err := expect.Of(p)
			require.ErrorContains(t, err, c.want)
			_, err = expect.Occupancy(p, p.Cohorts[0].Name, contract.Intervention)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestOccupancyOfNothing(t *testing.T) {
	p := base()
	_, err := expect.Occupancy(p, "M9", contract.Intervention)
	require.EqualError(t, err, `there is no cohort called "M9": the cohorts are children of M1, children of M2, children of M3, children of M4`)

	_, err = expect.Occupancy(p, p.Cohorts[0].Name, contract.Arm(2))
	require.EqualError(t, err, "there is no arm 2: it must be contract.Counterfactual or contract.Intervention")
}
