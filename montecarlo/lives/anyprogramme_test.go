package lives

import (
	"fmt"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
)

// anyProgramme draws a small programme of one cohort, valid by construction.
func anyProgramme(t *rapid.T) *model.Programme {
	p := programmes.Lively()
	p.Weeks = rapid.IntRange(1, 60).Draw(t, "weeks")
	p.MinimumReferrals = model.MinimumReferrals{}
	p.Background = map[string]markov.Row{}
	names := []string{"edge of care", "foster", "residential", "reunified"}
	for _, from := range names {
		p.Background[from] = anyRow(t, from, names)
	}
	if rapid.Bool().Draw(t, "no ages") {
		p.Ages = model.Ages{}
	}
	c := &p.Cohorts[0]
	c.Referrals = model.Referrals{Children: rapid.Float64Range(0, 6).Draw(t, "children"), Last: rapid.IntRange(0, p.Weeks-1).Draw(t, "last")}
	for range rapid.IntRange(0, 2).Draw(t, "pauses") {
		from := rapid.IntRange(0, p.Weeks).Draw(t, "pause")
		c.Referrals.Pauses = append(c.Referrals.Pauses, model.Pause{From: from, To: from + rapid.IntRange(1, 20).Draw(t, "paused")})
	}
	c.Referrals.Law = model.ReferralLaw(rapid.IntRange(0, 1).Draw(t, "law"))
	c.StartState = rapid.SampledFrom(names).Draw(t, "start state")
	c.PlannedState = rapid.SampledFrom([]string{"foster, planned", "home, planned"}).Draw(t, "planned state")
	c.AlreadyThere = rapid.IntRange(0, 9).Draw(t, "already there")
	c.Lag = rapid.IntRange(0, 12).Draw(t, "lag")
	c.Tracking = rapid.IntRange(0, 20).Draw(t, "tracking")
	c.StartProbability = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "start")
	c.HoldUntilStart = rapid.Bool().Draw(t, "hold")
	if !c.HoldUntilStart && rapid.Bool().Draw(t, "limited") {
		p.Capacity = model.Capacity{StartsPerQuarter: rapid.IntRange(1, 5).Draw(t, "starts"), Lapse: rapid.IntRange(0, 30).Draw(t, "lapse")}
	}
	c.Failure = anyRow(t, "planned", names)
	c.Background = nil
	if rapid.Bool().Draw(t, "override") {
		c.Background = map[string]markov.Row{"foster": programmes.Moves("residential", 0)}
	}
	p.Cohorts = p.Cohorts[:1]
	p.Contract.Metrics = p.Contract.Metrics[:1]
	p.Contract.Metrics[0].Trigger = &contract.FullWeeks{
		First: rapid.IntRange(0, 5).Draw(t, "first"), Window: rapid.IntRange(0, 25).Draw(t, "window"),
		CapPerChild:  rapid.IntRange(0, 25).Draw(t, "cap"),
		Interruption: contract.Interruption(rapid.IntRange(0, 1).Draw(t, "interruption")),
	}
	require.NoError(t, p.Validate())
	return p
}

// anyRow draws the moves out of a state: none, or pieces cut on either clock,
// with probabilities from 0 to 1 that sum to at most 1.
func anyRow(t *rapid.T, from string, names []string) markov.Row {
	if rapid.IntRange(0, 4).Draw(t, from+" stays") == 0 {
		return nil
	}
	spans := func(label string) []markov.Span {
		cut := rapid.IntRange(0, 20).Draw(t, label)
		if cut == 0 {
			return []markov.Span{{}}
		}
		return []markov.Span{{To: cut}, {From: cut}}
	}
	var row markov.Row
	for i, since := range spans(from + " since") {
		for j, in := range spans(from + " in") {
			piece := markov.Piece{Since: since, In: in}
			left := 1.0
			for _, to := range names {
				if to == from {
					continue
				}
				share := rapid.SampledFrom([]float64{0, 0.01, 0.1, 0.5, 1}).Draw(t, fmt.Sprint(from, i, j, to))
				piece.Moves = append(piece.Moves, markov.Move{To: to, Probability: left * share})
				left -= left * share
			}
			row = append(row, piece)
		}
	}
	return row
}
