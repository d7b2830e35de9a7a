package plot

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// CouncilWaterfall draws what is left to one council in each of some cases, in £: from
// the care that is avoided for its children, less what it pays itself, to what is left to
// it; and from the part of that care that is cash, less the same payments, to what is left
// in cash. Each case has a panel, and all share a scale. What other payers pay for the same
// claims is not in it. All figures are means over replications for the tracking window. The
// error for a name that no council has is a *[scenario.NameError].
func CouncilWaterfall(council string, results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	for _, r := range results {
		if councils := r.Version.Programme.Shape().Commissioners; !slices.Contains(councils, council) {
			return nil, &scenario.NameError{What: "council", Name: council, Valid: councils}
		}
	}
	f := &Figure{
		SameScale: true,
		Subtitle: setting(council+" alone: gross avoided cost and the part that is cash, less its own payments, £, means in the tracking window",
			p, results[0].Conventions.PriceBase, versionsOf(results)...) + fittedLine(bearsOn{money: true}, versionsOf(results)...),
		Note:    note(p, nil, sentences(simulated(results), othersPayToo(p, council)), append([]kind{contractCap}, whatWasSpared...)...),
		Columns: []string{"case", "step", "level", "£", "from, £", "to, £"},
		columns: min(len(results), 3),
	}
	var said []string
	scales := make([][2]float64, len(results))
	falls := make([]fall, len(results))
	for n, name := range versionNames(results) {
		w, err := councilFall(words.Capital(name), council, results[n])
		if err != nil {
			return nil, err
		}
		falls[n] = w
		scales[n] = w.drawInto(f)
		said = append(said, w.said())
	}
	shareScale(scales)
	for n := range f.Panels {
		f.Panels[n].Plot.X.Min, f.Panels[n].Plot.X.Max = scales[n][0], max(scales[n][1], scales[n][0]+1)
	}
	if len(results) == 1 {
		f.Panels[0].Name = ""
	}
	if rows := (len(results) + f.columns - 1) / f.columns; rows > 1 {
		f.Height = defaultHeight + 2*vg.Length(rows-1)*vg.Inch
	}
	f.Title, f.Summary = councilFound(council, falls), strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// councilFall is the waterfall of a council alone.
func councilFall(name, council string, r *montecarlo.Result) (fall, error) {
	b := &balance{result: r}
	avoided := b.mean(montecarlo.Avoided, council)
	own := avoided - b.mean(montecarlo.NetSaving, council)
	w := fall{name: name, levels: "council", write: threeFigures}
	for _, half := range []struct {
		from, to string
		amount   float64
	}{
		{"gross avoided cost", "left after own payments", avoided},
		{"of that, cash", "left in cash alone", b.mean(montecarlo.Cashable, council)},
	} {
		left := half.amount - own
		w.steps = append(
			w.steps,
			step{name: half.from, to: half.amount},
			step{name: "own payments", from: half.amount, to: left, kind: isPaid},
			step{name: half.to, to: left, kind: isLeft},
		)
	}
	return w, b.err
}

// threeFigures writes an amount as the tables of a council's page do.
func threeFigures(pounds float64) string {
	text, _ := words.ThreeFigures(pounds)
	return text
}

// councilFound says what is left to the council in cash, in each case.
func councilFound(council string, falls []fall) string {
	var left, sizes []string
	for _, w := range falls {
		last := w.steps[len(w.steps)-1].to
		of := ""
		if w.name != "" && len(falls) > 1 {
			of = " in " + words.Small(w.name)
		}
		left, sizes = append(left, w.write(last)+of), append(sizes, w.write(last))
	}
	all := words.And(left)
	return firstThatFits(
		"In cash "+all+" is left to "+council+" on average",
		"In cash "+all+" is left to the council on average",
		"In cash "+words.And(sizes)+" is left to "+council,
		"What is left to "+council+", in all and in cash",
	)
}

// othersPayToo says who else pays for the council's claims.
func othersPayToo(p *model.Programme, council string) string {
	others := outsidePayers(p)
	if len(others) == 0 {
		return ""
	}
	return fmt.Sprintf("What %s pays for the same claims is not in the picture: it comes off what is left for the public, not off what is left to %s", words.And(others), council)
}
