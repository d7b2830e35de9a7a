package expect_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Black-box checks on the base case of DN2: one input changes, and what must
// happen is known without running anything.

func base() *model.Programme { return dn2(dn2Cases()[0]) }

func TestWeeksAddUpToTheHorizon(t *testing.T) {
	p := base()
	e := of(t, p)
	for i, c := range p.Cohorts {
		want := 0.0
		for j, share := range c.Referrals.Shares() {
			want += c.Referrals.Children * share * float64(p.Weeks-c.Referrals.First-j)
		}
		for _, a := range contract.Arms() {
			got := 0.0
			for k := range p.Commissioners {
				for s := range p.States {
					got += sum(e.Counts.WeeksIn(contract.Tracking, a, i, k, s)) + sum(e.Counts.WeeksIn(contract.AfterTracking, a, i, k, s))
				}
			}
			require.InEpsilon(t, want, got, 1e-12)
		}
	}
}

func TestChildrenAddUp(t *testing.T) {
	p := base()
	p.MinimumReferrals = model.MinimumReferrals{Children: 20, Weeks: 26}
	e := of(t, p)
	for i, c := range p.Cohorts {
		early := sum(c.Referrals.Shares()[:26-c.Referrals.First])
		for k, commissioner := range p.Commissioners {
			children := c.Referrals.Children * commissioner.ReferralShare
			require.InEpsilon(t, children, sum(e.Counts.ReferredIn(i, k)), 1e-12)
			require.InEpsilon(t, children*early, e.Counts.Early[e.Counts.Shape.Row(i, k)], 1e-12)
		}
	}
}

func TestNobodyStarts(t *testing.T) {
	p := base()
	for i := range p.Cohorts {
		p.Cohorts[i].StartProbability = 0
	}
	e := of(t, p)
	require.Zero(t, sum(e.Counts.Units))
	require.Zero(t, sum(e.Counts.Started))
	sameInBothArms(t, e.Counts)
}

func TestSameMovesInBothArms(t *testing.T) {
	p := base()
	m2 := &p.Cohorts[1] // in foster care before and after
	m2.Failure = p.BackgroundOf(m2)["foster"]
	e := of(t, p)
	ledger, err := model.Price(p, e.Counts, contract.Constant)
	require.NoError(t, err)
	require.Zero(t, avoidedBy(ledger, contract.Tracking, 1))
	require.Zero(t, avoidedBy(ledger, contract.AfterTracking, 1))
	require.InDelta(t, 1, e.Deadweight[1].Share, 1e-12)
}

func TestNobodyMoves(t *testing.T) {
	p := base()
	p.Background, p.Ages = nil, model.Ages{}
	for i := range p.Cohorts {
		p.Cohorts[i].Background, p.Cohorts[i].Failure = nil, nil
	}
	e := of(t, p)
	for i, c := range p.Cohorts {
		// Referrals end 105 weeks before the horizon, so a lag of 2 weeks
		// costs the last children a week, and longer ones cost more.
		want := 0.0
		for r, share := range c.Referrals.Shares() {
			want += c.StartProbability * share * float64(min(104, p.Weeks-r-c.Lag))
		}
		require.InDelta(t, want, e.PerChild[i].Mean, 1e-9)
	}
}

func TestOneCohortWithoutReferrals(t *testing.T) {
	p := base()
	all := of(t, p)
	p.Cohorts[2].Referrals.Children = 0
	without := of(t, p)
	for i := range p.Cohorts {
		want, got := cohortWeeks(all.Counts, i), cohortWeeks(without.Counts, i)
		if i == 2 {
			require.Zero(t, sum(got))
			require.Zero(t, sum(without.Counts.UnitsOf(i, 0)))
			continue
		}
		require.Equal(t, want, got)
		require.Equal(t, all.Counts.UnitsOf(i, 0), without.Counts.UnitsOf(i, 0))
	}
	require.Equal(t, all.PerChild, without.PerChild)
}

func TestCohortInTwoHalves(t *testing.T) {
	p := base()
	whole := of(t, p)
	half := p.Cohorts[0]
	half.Name = "the other half"
	p.Cohorts = append(p.Cohorts, half)
	p.Cohorts[0].Referrals.Children /= 2
	p.Cohorts[4].Referrals.Children /= 2
	p.Contract.Metrics[0].Cohorts = append(p.Contract.Metrics[0].Cohorts, half.Name)
	halves := of(t, p)
	require.InDeltaSlice(t, whole.Counts.Units, halves.Counts.Units, 1e-9)
	together := cohortWeeks(halves.Counts, 0)
	for i, weeks := range cohortWeeks(halves.Counts, 4) {
		together[i] += weeks
	}
	require.InDeltaSlice(t, cohortWeeks(whole.Counts, 0), together, 1e-9)
}

func TestHorizonAQuarterShorter(t *testing.T) {
	p := base()
	long := of(t, p)
	boundaries := p.Calendar().Boundaries()
	p.Weeks = boundaries[len(boundaries)-2]
	short := of(t, p)
	quarters := len(short.Counts.Shape.Quarters)
	require.Len(t, long.Counts.Shape.Quarters, quarters+1)
	for row := range len(short.Counts.Weeks) / quarters {
		require.InDeltaSlice(t, long.Counts.Weeks[row*(quarters+1):][:quarters], short.Counts.Weeks[row*quarters:][:quarters], 1e-9)
	}
}

func TestStatesInAnotherOrder(t *testing.T) {
	p := base()
	one := of(t, p)
	p.States = slices.Clone(p.States)
	slices.Reverse(p.States)
	other := of(t, p)
	require.InDeltaSlice(t, one.Counts.Units, other.Counts.Units, 1e-9)
	for s, name := range one.Counts.Shape.States {
		r := slices.Index(other.Counts.Shape.States, name)
		for _, a := range contract.Arms() {
			require.InDeltaSlice(t, one.Counts.WeeksIn(contract.Tracking, a, 0, 0, s), other.Counts.WeeksIn(contract.Tracking, a, 0, 0, r), 1e-9)
		}
	}
}

// A planned placement that is never re-entered cannot be paid again.
func TestPausesWithoutAWayBack(t *testing.T) {
	p := base()
	ends := of(t, p)
	for i := range p.Contract.Metrics {
		p.Contract.Metrics[i].Trigger = &contract.FullWeeks{Window: 104, CapPerChild: 104, Interruption: contract.Pauses}
	}
	pauses := of(t, p)
	require.InDeltaSlice(t, ends.Counts.Units, pauses.Counts.Units, 1e-9)
	for i, one := range ends.PerChild {
		require.InDelta(t, one.Variance, pauses.PerChild[i].Variance, 1e-8)
	}
}

// A row cut in pieces that say the same makes no difference, though every
// generation is then followed apart.
func TestPiecesThatSayTheSame(t *testing.T) {
	p := base()
	plain := of(t, p)
	for state, row := range p.Background {
		p.Background[state] = markov.Row{
			{In: markov.Span{To: 13}, Moves: row[0].Moves},
			{In: markov.Span{From: 13}, Since: markov.Span{To: 50}, Moves: row[0].Moves},
			{In: markov.Span{From: 13}, Since: markov.Span{From: 50}, Moves: row[0].Moves},
		}
	}
	pieces := of(t, p)
	require.InDeltaSlice(t, plain.Counts.Weeks, pieces.Counts.Weeks, 1e-9)
	require.InDeltaSlice(t, plain.Counts.Units, pieces.Counts.Units, 1e-9)
}

func TestOfLeavesTheProgrammeAlone(t *testing.T) {
	p := base()
	before := p.Fingerprint()
	e := of(t, p)
	require.Equal(t, before, p.Fingerprint())
	require.Equal(t, p.Rules(), e.Counts.Rules)
	require.Equal(t, e, of(t, p))
	text, err := json.Marshal(e) // no NaN, no infinity
	require.NoError(t, err)
	require.Contains(t, string(text), `"per_child":[{"cohort":"children of M1","metric":"M1","mean":`)
}

func sameInBothArms(t *testing.T, c *contract.Expected) {
	t.Helper()
	for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		for i := range c.Shape.Cohorts {
			for k := range c.Shape.Commissioners {
				for s := range c.Shape.States {
					require.Equal(t, c.WeeksIn(w, contract.Counterfactual, i, k, s), c.WeeksIn(w, contract.Intervention, i, k, s))
				}
			}
		}
	}
}

// cohortWeeks is every count of weeks of one cohort.
func cohortWeeks(c *contract.Expected, cohort int) (weeks []float64) {
	for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
		for _, a := range contract.Arms() {
			for k := range c.Shape.Commissioners {
				for s := range c.Shape.States {
					weeks = append(weeks, c.WeeksIn(w, a, cohort, k, s)...)
				}
			}
		}
	}
	return weeks
}
