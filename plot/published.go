package plot

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// The charts of this file are drawn of published figures alone: nothing is
// simulated, and the foot names sources and no assumption of a model.

// nothingPublished says what a programme lacks, and where it is written.
func nothingPublished(p *model.Programme, what, write string) error {
	return fmt.Errorf("plot: no %s of programme %q are published: write them under %s", what, p.Name, write)
}

// PublishedPayments draws published payments alone, by quarter, in £ as published:
// the plans, each from the quarter in which it came into force, and actual
// payments, with squares for quarters paid as a grant. A programme without either
// gives an error.
func PublishedPayments(p *model.Programme) (*Figure, error) {
	if p == nil {
		return nil, errors.New("plot: there is no programme: give one")
	}
	all := publishedLines(p)
	if len(all) == 0 {
		return nil, nothingPublished(p, "plans or payments", "published, as plans or actual payments")
	}
	f := &Figure{
		Title:    paidFinding(p, all),
		Subtitle: "Outcome payments by quarter of claim, £",
		Note:     note(p, []string{"plans", "actual payments"}, derivedSaid(p)),
		Columns:  []string{"series", "quarter", "£", "paid as a grant", "derived from other claims"},
	}
	if len(p.Published.Plans) > 0 {
		f.Subtitle += "; plans from the quarter in which they came into force"
	}
	f.Subtitle = setting(f.Subtitle, p, "prices of each quarter, as published")
	pl, first, derived := newPlot(), firstQuarter(all), derivedQuarters(p)
	addGrid(pl, true, false)
	var said []string
	for i, l := range all {
		all[i].label = []string{l.name}
		if l.square != nil {
			all[i].label[0] += "\nsquares: paid as a grant"
		}
		for i, q := range l.quarters {
			f.row(l.name, q.String(), l.y[i], yes(i < len(l.square) && l.square[i]), yes(l.actual && derived[q]))
		}
		said = append(said, l.said())
	}
	names := paymentNames(pl, all, first, 0)
	pl.Add(names)
	pl.X.Tick.Marker, pl.Y.Tick.Marker = quarterTicks{first: first}, moneyTicks()
	settle(pl)
	f.Panels, f.Summary = []Panel{{Plot: pl}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// publishedLines are the plans, in colours of their own, and actual payments on top.
func publishedLines(p *model.Programme) []payments {
	var all []payments
	for i, plan := range p.Published.Plans {
		if l := planLine(plan); len(l.quarters) > 0 {
			l.style, l.dot = dotted(planColour(i)), 1.6
			all = append(all, l)
		}
	}
	if l := actualLine(p, p.Published.Actual); len(l.quarters) > 0 {
		all = append(all, l)
	}
	return all
}

// paidFinding sets what was paid beside the first plan, over the quarters that both
// have.
func paidFinding(p *model.Programme, all []payments) string {
	actual := all[len(all)-1]
	if !actual.actual {
		return firstThatFits(fmt.Sprintf("%s plans %s of payments", words.Capital(all[0].name), money(total(all[0].y))), money(total(all[0].y))+" of payments are planned")
	}
	last := actual.quarters[len(actual.quarters)-1]
	text := fmt.Sprintf("%s had been paid by %s", money(total(actual.y)), last)
	if all[0].actual {
		return text
	}
	quarters := shared(&all[0], &actual)
	planned := all[0].over(quarters)
	if len(quarters) == 0 || planned <= 0 {
		return text
	}
	share := whole(actual.over(quarters) / planned)
	if len(quarters) < len(actual.quarters) { // the share is of some of what was paid
		paid := money(actual.over(quarters))
		return firstThatFits(fmt.Sprintf("%s was paid in the quarters of %s, %s of the %s planned", paid, words.Small(all[0].name), share, money(planned)),
			fmt.Sprintf("%s was paid in the quarters of the first plan, %s of the %s planned", paid, share, money(planned)))
	}
	return firstThatFits(fmt.Sprintf("%s, %s of %s for the same quarters", text, share, words.Small(all[0].name)), fmt.Sprintf("%s, %s of the first plan", text, share))
}

func total(amounts []float64) float64 {
	sum := 0.0
	for _, v := range amounts {
		sum += v
	}
	return sum
}

// PublishedAchievements draws the published units of each metric against its
// target, and nothing modelled. A programme without published results gives an
// error.
func PublishedAchievements(p *model.Programme) (*Figure, error) {
	if p == nil {
		return nil, errors.New("plot: there is no programme: give one")
	}
	if len(p.Published.Results) == 0 {
		return nil, nothingPublished(p, "results", "published, as results")
	}
	return newAchievements(p).figure()
}

// PublishedProgrammes draws programmes side by side as [Programmes] does, of
// published figures alone.
func PublishedProgrammes(programmes ...*model.Programme) (*Figure, error) {
	if len(programmes) == 0 {
		return nil, errors.New("plot: there is no programme: give the programmes to set side by side")
	}
	var all []entry
	for i, p := range programmes {
		if p == nil {
			return nil, fmt.Errorf("plot: programme %d is missing", i+1)
		}
		if err := programmes[0].SameCurrency(p); err != nil {
			return nil, fmt.Errorf("plot: %w", err)
		}
		all = append(all, entry{p, publishedPaymentsOf(p), achievementOf(p, nil)})
	}
	for i := range all { // counts of nobody are not modelled figures
		all[i].achieved.modelled, all[i].achieved.end = math.NaN(), math.NaN()
	}
	f := entriesFigure(all)
	f.Height = max(defaultHeight, 140+52*vg.Length(len(all)))
	return inCurrency(f, programmes[0]), nil
}
