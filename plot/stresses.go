package plot

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Stresses draws the effect of each stress on a case, in £: on the left the
// facility needed beside the investors' commitments, on the right the surplus,
// receipts less cost of delivery, with the probability of a loss to the
// consortium. Each stress is a median, or on the right a mean, with the range from
// the 5% to the 95% quantile. Stresses are grouped by whether they make it likelier
// that the facility is too small, by five points or more, and ordered within each group
// by the facility needed in 95% of replications. The case without any stress is last,
// and a band behind the others.
//
// Results of a programme without delivery terms give an error that wraps
// [finance.ErrNoDelivery].
func Stresses(s *sensitivity.Stresses) (*Figure, error) {
	switch {
	case s == nil || len(s.Stressed) == 0:
		return nil, errors.New("plot: there is no stress: give the result of sensitivity.Stress")
	case !has(s.Version):
		return nil, errors.New("plot: the stresses have no programme: give the result of sensitivity.Stress")
	case len(s.Unstressed.FacilityNeeded.Quantiles) == 0:
		return nil, noCapital(s.Version)
	}
	p := s.Version.Programme
	groups := groupsOf(s)
	var all []sensitivity.Stressed
	for _, g := range groups {
		all = append(all, g.stressed...)
	}
	all = append(all, s.Unstressed)
	needed, surplus := newStressPlot(groups, s.Unstressed), newStressPlot(groups, s.Unstressed)
	needed.write, surplus.write = facilityOf, surplusOf
	f := &Figure{
		Subtitle: setting("Facility needed and surplus, £; dots: median, mean; band: without stress; 5% to 95% "+covering("ranges", s.Conventions),
			p, s.Conventions.PriceBase, s.Version),
		SameScale: true,
		Note:      stressNote(p, s),
		Height:    tall(len(all) + 4 + len(groups)),
		Columns: []string{
			"stress", "facility needed, low, £", "median, £", "high, £", "facility, £", "probability that it is too small",
			"surplus, low, £", "mean, £", "high, £", "probability of a loss", "low is the quantile", "high is the quantile", "the facility is too small",
		},
	}
	facility, limited := commitment(p)
	if !limited {
		facility = math.Inf(1)
	}
	f.Panels = []Panel{
		{"Facility needed", needed.plot(facility, facilityName(facility, limited), false)},
		{"Surplus", surplus.plot(0, "", true)},
	}
	var said []string
	add := func(one sensitivity.Stressed, group string) {
		n, g := facilityOf(one), surplusOf(one)
		f.row(nameOfStress(one), n.low, n.at, n.high, facility, one.Short.Probability, g.low, g.at, g.high, one.Loses.Probability, n.from, n.to, group)
		said = append(said, stressSaid(one))
	}
	for _, g := range groups {
		for _, one := range g.stressed {
			add(one, g.name)
		}
	}
	add(s.Unstressed, "")
	f.Title = stressesFound(s, groups, facility)
	if limited {
		said = append(said, fmt.Sprintf("The facility is %s.", words.Pounds(facility)))
	}
	f.Summary = strings.Join(said, " ")
	return inCurrency(f, p), nil
}

func facilityName(facility float64, limited bool) string {
	if !limited {
		return ""
	}
	return "Facility " + money(facility)
}

// stressGroup is stresses that do the same to the facility.
type stressGroup struct {
	name     string // empty if there is no facility with a limit
	why      string // the reason, where one must be given
	stressed []sensitivity.Stressed
}

// allAtOnce is the stress that puts others together.
const allAtOnce = "All at once"

// likelierBy is by how much the chance that the facility is too small must differ from
// that without stress to count as likelier.
const likelierBy = 0.05

// groupsOf groups stresses by whether the facility is likelier to be too small than
// without stress. A group without a stress is left out.
func groupsOf(s *sensitivity.Stresses) []stressGroup {
	all := s.WorstFirst(sensitivity.ByFacility)
	if _, limited := commitment(s.Version.Programme); !limited {
		return []stressGroup{{stressed: all}}
	}
	groups := []stressGroup{{name: "Likelier too small"}, {name: "As likely too small"}, {name: "Less likely too small"}}
	for _, one := range all {
		at := 1
		switch change := one.Short.Probability - s.Unstressed.Short.Probability; {
		case change >= likelierBy:
			at = 0
		case change <= -likelierBy:
			at = 2
		}
		groups[at].stressed = append(groups[at].stressed, one)
	}
	groups[2].why = whyLess(groups[2].stressed, s)
	return slices.DeleteFunc(groups, func(g stressGroup) bool { return len(g.stressed) == 0 })
}

// whyLess is why stresses make it less likely that the facility is too small, which one
// does not expect of them: less is spent ahead of receipts, or investors are owed less
// where outcomes set their interest. It is empty where neither holds of each.
func whyLess(stressed []sensitivity.Stressed, s *sensitivity.Stresses) string {
	spent, earned := true, true
	for _, one := range stressed {
		spent = spent && one.Requirement.Mean < s.Unstressed.Requirement.Mean
		earned = earned && one.Requirement.Mean >= s.Unstressed.Requirement.Mean
	}
	f := s.Version.Programme.Facility
	byOutcomes := func(i model.Investor) bool { return f.TermsOf(i).InterestByRate != nil }
	switch {
	case spent:
		return "less is spent ahead of receipts"
	case earned && f != nil && slices.ContainsFunc(f.Investors, byOutcomes):
		return "fewer successes earn investors less interest"
	}
	return ""
}

// stressesFound says which stress alone makes it likeliest that the facility is too small,
// and how likely; without a facility with a limit, what the worst needs.
func stressesFound(s *sensitivity.Stresses, groups []stressGroup, facility float64) string {
	worst := groups[0].stressed[0]
	for _, one := range groups[0].stressed {
		if together := nameOfStress(worst) == allAtOnce; together || nameOfStress(one) != allAtOnce && one.Short.Probability > worst.Short.Probability {
			worst = one
		}
	}
	name := nameOfStress(worst)
	switch {
	case groups[0].name == "":
		n := facilityOf(worst)
		return firstThatFits(fmt.Sprintf("%s takes the facility needed to %s in the worst one in twenty", name, money(n.high)),
			fmt.Sprintf("The worst stress takes the facility needed to %s one time in twenty", money(n.high)))
	case worst.Short.Probability-s.Unstressed.Short.Probability < likelierBy:
		return fmt.Sprintf("No stress of %d makes the %s facility likelier to be too small", len(s.Stressed), money(facility))
	}
	is := "facility is " + likelyTo(worst.Short) + " be too small"
	small := strings.Replace(is, "facility is ", money(facility)+" facility is ", 1)
	titles := []string{
		"Worst alone is " + words.Small(name) + ": the " + small, "Worst alone, " + words.Small(name) + ": the " + is,
		"Worst alone, " + words.Small(name) + ": facility too small in " + needing(worst.Short), name + ": the " + is,
		"Under the worst stress the " + small,
	}
	if name == allAtOnce || len(s.Stressed) == 1 {
		titles = []string{name + ": the " + small, name + ": the " + is, "Under the stress the " + small}
	}
	return onOneLine(s.Version.Programme.Currency, titles...)
}

func stressNote(p *model.Programme, s *sensitivity.Stresses) string {
	n := surplusOf(s.Unstressed)
	made := fmt.Sprintf("Simulated: %s of each stress on common random numbers, %s, seed %d, %s; lines run from the %s to the %s quantile, dots are the median facility and the mean surplus, the band is the case without stress; stresses are grouped by whether the facility is likelier to be too small than without stress, by five points or more, and stand in the order of the high end of the facility needed; a facility is too small if it does not pay all that it must, with fees and interest; the stresses are assumptions",
		words.Plural(s.Conventions.Replications, "replication"), rangesOver(s.Conventions), s.Conventions.Seed, s.Conventions.PriceBase, words.Percent(n.from), words.Percent(n.to))
	return note(p, nil, made, whatWasDrawn...)
}

// extent is the range of a figure over replications, and the label beside it.
type extent struct {
	low, at, high float64
	from, to      float64 // which quantiles low and high are
	beside        string
}

// extentOf is the range from the 5% to the 95% quantile, or the nearest to them that
// the result has.
func extentOf(s montecarlo.Summary) extent {
	e := extent{low: math.NaN(), at: s.Mean, high: math.NaN()}
	for _, q := range s.Quantiles {
		if q.P <= 0.5 && (!finite(e.low) || math.Abs(q.P-0.05) < math.Abs(e.from-0.05)) {
			e.low, e.from = q.Value, q.P
		}
		if q.P >= 0.5 && (!finite(e.high) || math.Abs(q.P-0.95) < math.Abs(e.to-0.95)) {
			e.high, e.to = q.Value, q.P
		}
	}
	return e
}

// facilityOf is the facility needed under a stress, with its median.
func facilityOf(s sensitivity.Stressed) extent {
	e := extentOf(s.FacilityNeeded)
	for _, q := range s.FacilityNeeded.Quantiles {
		if q.P == 0.5 {
			e.at = q.Value
		}
	}
	e.beside = money(e.high)
	return e
}

// surplusOf is the surplus under a stress, with its mean.
func surplusOf(s sensitivity.Stressed) extent {
	e := extentOf(s.Surplus)
	e.beside = likely(s.Loses)
	return e
}

func nameOfStress(s sensitivity.Stressed) string {
	if s.Name == "" {
		return "Without stress"
	}
	return words.Capital(s.Name)
}

// stressSaid puts one stress in words.
func stressSaid(s sensitivity.Stressed) string {
	n, g := facilityOf(s), surplusOf(s)
	return fmt.Sprintf("%s: facility needed %s at the median and %s at the %s quantile, too small in %s; mean surplus %s, a loss in %s.", nameOfStress(s),
		words.Pounds(n.at), words.Pounds(n.high), words.Percent(n.to), likely(s.Short), words.Pounds(g.at), likely(s.Loses))
}

// stressPlot is one panel: a range for every stress, under the name of its group.
type stressPlot struct {
	groups     []stressGroup
	unstressed sensitivity.Stressed
	write      func(sensitivity.Stressed) extent
}

func newStressPlot(groups []stressGroup, unstressed sensitivity.Stressed) *stressPlot {
	return &stressPlot{groups: groups, unstressed: unstressed}
}

// stressRow is one stress, or the name of a group, at its place from the bottom.
type stressRow struct {
	at       float64
	heading  string // of a group; empty for a stress
	why      string // the reason of a group
	stressed sensitivity.Stressed
}

// rows lays out the stresses from the top; the case without one stands apart at the
// bottom.
func (s *stressPlot) rows() (rows []stressRow, top float64) {
	at := 0.0
	for _, g := range s.groups {
		if g.name != "" {
			at += 1.15
			rows = append(rows, stressRow{at: -at, heading: g.name, why: g.why})
		}
		for _, one := range g.stressed {
			at++
			rows = append(rows, stressRow{at: -at, stressed: one})
		}
	}
	at += 1.4
	rows = append(rows, stressRow{at: -at, stressed: s.unstressed})
	for i := range rows {
		rows[i].at += at
	}
	return rows, at - 0.2
}

// plot draws the ranges, in orange where they are on the wrong side of a limit:
// above a facility, or if worse is below, under it.
func (s *stressPlot) plot(limit float64, called string, worseBelow bool) *plot.Plot {
	p := newPlot()
	reference := s.write(s.unstressed)
	rows, top := s.rows()
	p.Add(box{x0: reference.low, x1: reference.high, y0: -0.6, y1: top, fill: mix(light, paper, 0.6)})
	addGrid(p, false, true)
	style := solid(ink, 1)
	if called != "" {
		style = dashed(alert)
	}
	if finite(limit) {
		p.Add(level{at: limit, style: style, upright: true}, box{x0: limit, x1: limit})
	}
	names, beside := rowTicks{}, labels{}
	name := lettering(8.5, ink)
	var headings []string
	var why []stressRow
	for _, row := range rows {
		if row.heading != "" {
			if row.why != "" && !worseBelow {
				why = append(why, row)
			}
			names = append(names, plot.Tick{Value: row.at, Label: row.heading})
			headings = append(headings, row.heading)
			continue
		}
		e := s.write(row.stressed)
		p.Add(rangeLine{low: e.low, at: e.at, high: e.high, row: row.at, limit: limit, worseBelow: worseBelow})
		names = append(names, plot.Tick{Value: row.at, Label: shortened(name, nameOfStress(row.stressed), 178)})
		if !worseBelow {
			beside = append(beside, label{x: e.high, y: row.at, text: e.beside, offset: vg.Point{X: 5, Y: 0.5}, style: lettering(smallSize, muted), clear: true})
		}
	}
	if called != "" {
		p.Add(labels{{x: limit, y: top, text: called, offset: vg.Point{Y: 3}, style: aligned(bold(lettering(labelSize, alert)), draw.XCenter, draw.YBottom)}})
	}
	widen(&p.X)
	from := p.X.Min
	if finite(limit) && limit > from && limit < from+0.4*(p.X.Max-from) {
		from = limit // beside the line of the facility, which would cross it
	}
	for _, row := range why { // in the row of the heading, where nothing else is drawn
		p.Add(labels{{x: from, y: row.at, text: row.why, offset: vg.Point{X: 4, Y: 0.5}, style: lettering(smallSize, muted), clear: true, wide: p.X.Max - from}})
	}
	p.Add(beside, s.chances(p.X.Max, top, rows, called != "", worseBelow))
	p.Y.Min, p.Y.Max = -0.6, top
	p.X.Tick.Marker, p.Y.Tick.Marker = moneyTicks(), names
	p.Y.Tick.Label = aligned(name, draw.XRight, draw.YCenter)
	p.Y.Tick.Label.Handler = someBold{typeface(), headings}
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}

// chances is a column to the right of a panel, so that chances can be compared: that the
// facility is too small, or of a loss.
func (s *stressPlot) chances(x, top float64, rows []stressRow, limited, loss bool) (column labels) {
	if !loss && !limited {
		return nil
	}
	right, heading := vg.Length(10), "Loss"
	if !loss {
		right, heading = 44, "Too small"
	}
	for _, row := range rows {
		if row.heading != "" {
			continue
		}
		text := roughly(row.stressed.Loses)
		if !loss {
			text = roughly(row.stressed.Short)
		}
		column = append(column, label{x: x, y: row.at, text: text, offset: vg.Point{X: right, Y: 0.5}, style: lettering(smallSize, ink)})
	}
	return append(column, label{x: x, y: top, text: heading, offset: vg.Point{X: right, Y: 3}, style: aligned(bold(lettering(smallSize, ink)), draw.XLeft, draw.YBottom)})
}

// someBold writes some texts in bold, such as headings among the names of rows. A text may
// be broken into lines, and cut with an ellipsis.
type someBold struct {
	text.Handler

	headings []string
}

// isHeading reports whether a whole text is a heading.
func (b someBold) isHeading(s string) bool {
	s = strings.Join(strings.Fields(s), " ")
	return slices.ContainsFunc(b.headings, func(heading string) bool {
		heading = strings.Join(strings.Fields(heading), " ")
		start, _, cut := strings.Cut(s, "…")
		return s == heading || cut && strings.HasPrefix(heading, start)
	})
}

// Box measures a line of a text as it is drawn: a line that is part of a heading is taken to
// be in bold, which is the wider.
func (b someBold) Box(s string, f font.Font) (width, height, depth vg.Length) {
	part := strings.TrimSuffix(s, "…")
	if slices.ContainsFunc(b.headings, func(heading string) bool { return strings.Contains(heading, part) }) {
		f.Weight = xfont.WeightBold
	}
	return b.Handler.Box(s, f)
}

// Draw draws a text.
func (b someBold) Draw(c vg.Canvas, s string, style text.Style, at vg.Point) {
	style.Handler = b.Handler
	if b.isHeading(s) {
		style = bold(style)
	}
	b.Handler.Draw(c, s, style, at)
}

// rangeLine is a range with a dot, in blue up to a limit and in orange beyond it.
type rangeLine struct {
	low, at, high, row float64
	limit              float64 // +Inf for none
	worseBelow         bool
	colour             color.NRGBA // in a key
}

// Plot draws the range.
func (r rangeLine) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	under, over := middle, alert
	if r.worseBelow {
		under, over = alert, middle
	}
	stroke := func(from, to float64, colour color.NRGBA) {
		if to > from {
			c.StrokeLine2(solid(colour, 2.25), x(from), y(r.row), x(to), y(r.row))
		}
	}
	stroke(r.low, math.Min(r.high, r.limit), under)
	stroke(math.Max(r.low, r.limit), r.high, over)
	dot := under
	if r.at > r.limit {
		dot = over
	}
	r.dot(c, vg.Point{X: x(r.at), Y: y(r.row)}, dot)
}

func (rangeLine) dot(c draw.Canvas, at vg.Point, colour color.NRGBA) {
	c.DrawGlyph(draw.GlyphStyle{Color: paper, Radius: 4.25, Shape: draw.CircleGlyph{}}, at)
	c.DrawGlyph(draw.GlyphStyle{Color: colour, Radius: 3.25, Shape: draw.CircleGlyph{}}, at)
}

// DataRange returns the range itself.
func (r rangeLine) DataRange() (xmin, xmax, ymin, ymax float64) { return r.low, r.high, r.row, r.row }

// Thumbnail draws a range for a key.
func (r rangeLine) Thumbnail(c *draw.Canvas) {
	middle := c.Center()
	c.StrokeLine2(solid(r.colour, 2.25), c.Min.X, middle.Y, c.Max.X, middle.Y)
	r.dot(*c, middle, r.colour)
}
