package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// sizeMarks explain the cells that say that no facility is enough, or that what a
// replication needs is not known, from the terms of the programme.
func sizeMarks(sizings []*sensitivity.Sizing) []string {
	var all []string
	add := func(note string) {
		if !slices.Contains(all, note) {
			all = append(all, note)
		}
	}
	for _, s := range sizings {
		if !s.Recycled.Found || !s.Drawn.Found {
			add(noFacilityNote(s))
		}
	}
	for _, s := range sizings {
		if s.Recycled.Largest == nil || s.Drawn.Largest == nil {
			add("† Not known: what a replication needs depends on how large the facility is" + onSize(s.Version.Programme.Facility) + ". So each size was run on its own.")
		}
	}
	return all
}

// noFacilityNote says why no facility can be enough.
func noFacilityNote(s *sensitivity.Sizing) string {
	note := fmt.Sprintf("* None: however large, no facility is enough in %s of %s replications.", words.Percent(s.Confidence), words.Count(float64(s.Conventions.Replications)))
	f := s.Version.Programme.Facility
	if f == nil {
		return note
	}
	var why []string
	if !f.DrawsUntil.IsZero() {
		why = append(why, "nothing can be drawn after "+f.DrawsUntil.Long()+", and a cost later than that which receipts do not meet is a shortfall")
	}
	if n := len(f.Tranches); n > 0 {
		why = append(why, "nothing can be drawn before the first tranche on "+f.Tranches[0].On.Long()+", and a cost before that is a shortfall")
		if n > 1 {
			why = append(why, "only a part can be drawn until "+f.Tranches[n-1].On.Long())
		}
	}
	if f.Drawing == model.OnSchedule {
		why = append(why, "what has been drawn and is not needed yet is repaid, and cannot be drawn again")
		if slices.ContainsFunc(termsOfAll(f), model.Terms.EarnsInterest) {
			why = append(why, "a larger facility bears more interest")
		}
	}
	if len(why) == 0 {
		return note
	}
	return note + " The terms that can cause this: " + strings.Join(why, "; ") + "."
}

// onSize says by which terms what a replication needs depends on how large the
// facility is.
func onSize(f *model.Facility) string {
	var why []string
	if f != nil {
		if f.Drawing == model.OnSchedule {
			why = append(why, "drawn on schedule")
		}
		if len(f.Tranches) > 0 {
			why = append(why, "drawn in tranches")
		}
		if !f.DrawsUntil.IsZero() {
			why = append(why, "drawn until "+f.DrawsUntil.Long())
		}
		if slices.ContainsFunc(termsOfAll(f), model.Terms.EarnsInterest) {
			why = append(why, "at interest")
		}
		if earns(f, func(t model.Terms) model.Rate { return t.PreferredReturn }) {
			why = append(why, "with a preferred return")
		}
		if earns(f, func(t model.Terms) model.Rate { return t.CommitmentFee }) {
			why = append(why, "with a fee on what is not drawn")
		}
		if f.Reserve.IsPositive() {
			why = append(why, "with a reserve")
		}
		if len(f.Covenants) > 0 {
			why = append(why, "under covenants")
		}
	}
	if len(why) == 0 {
		return ""
	}
	return ", as money is " + words.And(why)
}

// earns reports whether any capital of a facility earns a rate.
func earns(f *model.Facility, rate func(model.Terms) model.Rate) bool {
	return slices.ContainsFunc(termsOfAll(f), func(t model.Terms) bool { return rate(t).Yearly > 0 })
}

// enoughAgainst says what a size is enough against.
func enoughAgainst(s *sensitivity.Sizing) string {
	if overIn(s.Conventions) == overRates {
		return "It is enough against chance in children's lives and against what the file says is uncertain: edgeofcare stress shows what else can happen."
	}
	return "It is enough against chance in children's lives alone, with rates and costs as the case has them: edgeofcare stress shows what else can happen."
}

func sizeNotes(s *sensitivity.Sizing, versions []*scenario.Version) []string {
	confidence := words.Percent(s.Confidence)
	all := []string{
		fmt.Sprintf("Facility needed for %s confidence: the least that all commitments together must come to, in proportion to today's, to be enough in %s of replications. Each is confirmed by a run with it and a run with £1 less. The bounds hold with about 95%% confidence: this is how well so many replications know it. ± is one Monte Carlo standard error.",
			confidence, confidence),
		enoughAgainst(s),
		monthEnds,
	}
	if beyond := float64(s.Conventions.Replications) * (1 - s.Confidence); beyond < 10 {
		all = append(all, fmt.Sprintf("Warning: it rests on the %.2g replications in which it is not enough, too few for so high a confidence: run at least %s (-n).",
			beyond, words.Count(math.Ceil(10/(1-s.Confidence)))))
	}
	return append(all, manyRuns(s.Conventions, versions...)...)
}
