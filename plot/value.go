package plot

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/sensitivity"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// Value draws what it would be worth to know more before a choice is made, in £: a bar
// with a line of one standard error to either side for everything that is uncertain, the
// inputs that are about the same thing, the single inputs and the studies that are worth
// most. Counted is the cashable saving less payments or, with allCare, all avoided care.
// What is worth nothing is named at the foot.
func Value(v *sensitivity.Valued, allCare bool) (*Figure, error) {
	if v == nil || !has(v.Version) || len(v.Cash.Options) < 2 || len(v.AllCare.Options) < 2 {
		return nil, errors.New("plot: there is nothing to draw: give the result of sensitivity.Value")
	}
	in, counts := v.Cash, "cashable saving less "
	if allCare {
		in, counts = v.AllCare, "avoided cost of care less "
	}
	who := "the public purse"
	counts += "all payments"
	if v.Council != "" {
		who, counts = v.Council, counts[:len(counts)-len("all payments")]+"its own payments"
	}
	rows := valueRows(in)
	for _, r := range rows {
		if !finite(r.worth.Value) || !finite(r.worth.StdErr) {
			return nil, fmt.Errorf("plot: what %q is worth is not a finite number: leave it out", r.worth.Name)
		}
	}
	f := &Figure{
		Title: valueFound(in),
		Subtitle: setting("What knowing more before the choice is worth to "+who+", £; "+counts+", present value",
			v.Version.Programme, v.PriceBase, v.Version),
		Key: []KeyEntry{
			{"Inputs about one thing", box{fill: dark}},
			{"One input", box{fill: light}},
		},
		Columns: []string{"programme", "case", "council", "what is learned", "kind", "worth, £", "standard error, £"},
		Height:  tall(valueHeight(rows)),
	}
	if len(in.Studies) > 0 {
		f.Key = append(f.Key, KeyEntry{"A study", box{fill: middle}})
	}
	for _, r := range rows {
		f.row(v.Version.Programme.Name, v.Version.Name(), v.Council, r.worth.Name, r.kind, r.worth.Value, r.worth.StdErr)
		f.Summary += fmt.Sprintf("%s: %s, standard error %s. ", words.Capital(r.worth.Name), words.Pounds(r.worth.Value), words.Pounds(r.worth.StdErr))
	}
	made := fmt.Sprintf("Estimated from %s of %s, seed %d; lines are one standard error to either side; chance in children's lives cannot be known and has no part",
		words.Plural(v.Draws, "draw"), words.Plural(v.Inputs, "uncertain input"), v.Seed)
	if left := len(in.Inputs) + len(in.Groups) + len(in.Studies) + 1 - len(rows); left > 0 {
		made += fmt.Sprintf("; %s worth less than is drawn", words.Plural(left, "other figure"))
	}
	f.Note = note(v.Version.Programme, nil, made, whatWasSpared...)
	f.Panels = []Panel{{Plot: valuePlot(rows)}}
	return inCurrency(f, v.Version.Programme), nil
}

// valueRow is one bar.
type valueRow struct {
	worth information.Worth
	kind  string
	fill  color.NRGBA
}

// mostValueRows is how many bars of one kind there are at most.
const mostValueRows = 8

// valueRows are the bars, from the top: everything, groups, inputs and studies.
func valueRows(in sensitivity.ValuedIn) []valueRow {
	rows := []valueRow{{in.Perfect, "everything", ink}}
	add := func(w information.Worth, kind string, fill color.NRGBA) {
		if w.Value > 0.002*in.Perfect.Value {
			rows = append(rows, valueRow{w, kind, fill})
		}
	}
	for _, w := range in.Groups[:min(mostValueRows, len(in.Groups))] {
		add(w, "group", dark)
	}
	for _, w := range in.Inputs[:min(mostValueRows, len(in.Inputs))] {
		add(w.Worth, "input", light)
	}
	for _, s := range in.Studies[:min(mostValueRows, len(in.Studies))] {
		add(s.Worth, "study", middle)
	}
	return rows
}

// valueHeight is how many lines of text the bars need: more where a name has several.
func valueHeight(rows []valueRow) int {
	lines := 0
	for _, r := range rows {
		if lettering(labelSize, ink).Width(r.worth.Name) > 2*widestName {
			lines += 3
		} else {
			lines += 2
		}
	}
	return lines
}

// valueFound says what everything is worth, and the input that is worth most.
func valueFound(in sensitivity.ValuedIn) string {
	all := money(in.Perfect.Value)
	if in.Perfect.Value < 0.5 {
		return "No knowledge of the inputs would change the choice"
	}
	if len(in.Inputs) == 0 || in.Inputs[0].Value < 0.5 {
		return "Knowing everything would be worth " + all + "; no single input alone is worth knowing"
	}
	top := in.Inputs[0]
	return firstThatFits(
		fmt.Sprintf("Knowing everything would be worth %s; %s alone, %s", all, top.Name, money(top.Value)),
		fmt.Sprintf("Knowing everything would be worth %s; no input alone more than %s", all, money(top.Value)))
}

// valuePlot is the bars.
func valuePlot(rows []valueRow) *plot.Plot {
	p := newPlot()
	addGrid(p, false, true)
	name := lettering(labelSize, ink)
	names, widest := make([]string, len(rows)), 0.0
	for i, r := range rows {
		at := float64(len(rows) - 1 - i)
		w := r.worth
		p.Add(box{x0: 0, x1: w.Value, y0: at - 0.34, y1: at + 0.34, fill: r.fill})
		low, high := math.Max(0, w.Value-w.StdErr), w.Value+w.StdErr
		p.Add(line{x: []float64{low, high}, y: []float64{at, at}, style: solid(muted, 1.5), halo: true})
		p.Add(labels{{x: high, y: at, text: money(w.Value), offset: vg.Point{X: 6, Y: 0.5}, style: lettering(labelSize, ink), clear: true}})
		names[len(rows)-1-i], widest = words.Capital(w.Name), math.Max(widest, high)
	}
	p.X.Min, p.X.Max = 0, math.Max(1, 1.12*widest)
	p.Y.Min, p.Y.Max = -0.6, float64(len(rows))-0.4
	p.X.Tick.Marker, p.Y.Tick.Marker = moneyTicks(), rowNames{names: names, style: name, lines: 3}
	p.Y.Tick.Label, p.Y.Padding = aligned(name, draw.XRight, draw.YCenter), 9
	p.X.Width, p.X.Tick.Color = 0, paper
	return p
}
