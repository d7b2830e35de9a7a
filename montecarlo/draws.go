package montecarlo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Where inputs are uncertain, each replication has a draw of them of its own, which
// both arms share. Each input has a stream of random numbers by its name: another
// input, case or worker changes no draw, and cases in which an input has different
// values share its quantile.

// drawing makes the draws of a run. It is not safe for concurrent use.
type drawing struct {
	drawer    *scenario.Drawer
	paths     []model.Path // of inputs, and then of those that an edit has made certain
	streams   []lives.Stream
	seed      uint64
	common    *Common // with other runs; nil for nothing
	ties      ties
	held      []bool    // by stream: whether it is held to what was paid; the last says by which draw
	own       []float64 // quantiles by path, before numbers of children are tied
	quantiles []float64
	attempts  []int
}

func newDrawing(drawer *scenario.Drawer, seed uint64, common *Common, p *model.Programme) *drawing {
	d := &drawing{drawer: drawer, seed: seed, common: common}
	for _, u := range drawer.Inputs() {
		d.paths = append(d.paths, u.Path)
	}
	d.paths = append(d.paths, drawer.Partners()...)
	if drawer.Held() {
		d.paths = append(d.paths, "conditioned on")
	}
	for _, path := range d.paths {
		d.streams = append(d.streams, lives.NewStream(string(path)))
		d.held = append(d.held, drawer.Held() && p.Conditioned.Holds(path))
	}
	d.ties = newTies(common, drawer.Inputs(), p)
	d.makeRoom()
	return d
}

// makeRoom makes working space.
func (d *drawing) makeRoom() {
	n := len(d.streams)
	d.own, d.quantiles, d.attempts = make([]float64, n), make([]float64, n), make([]int, n)
}

func (d *drawing) clone() *drawing {
	c := *d
	c.drawer = d.drawer.Clone()
	c.makeRoom()
	return &c
}

// prepareDraws sees to what of the version is uncertain.
func (r *runner) prepareDraws() error {
	if r.options.FixedRates {
		return nil
	}
	drawer, err := r.version.Drawer()
	if drawer == nil {
		return err
	}
	held := r.version.Programme.Conditioned
	if r.options.Unconditioned {
		held = nil
	}
	common := r.options.Common
	switch {
	case held != nil && common != nil:
		return errors.New("inputs that are held to what was paid are drawn together, and not by quantiles that other runs could have in common: set Options.Unconditioned to draw them from the laws of the file")
	case held != nil:
		if err := drawer.Hold(held); err != nil {
			return err
		}
	case common != nil:
		if err := drawer.Lead(common.Inputs); err != nil {
			return err
		}
	}
	r.drawing = newDrawing(drawer, r.options.Seed, r.options.Common, r.version.Programme)
	return nil
}

// mostAttempts bounds how often one draw is made again. Each attempt is needed with
// a chance of less than one in a thousand, so that no run comes to it by chance.
const mostAttempts = 50

// draw is the draw of a replication, and how often some input had to be drawn again
// because the draw could not be.
func (d *drawing) draw(replication int) (drawn scenario.Drawn, again int, err error) {
	clear(d.attempts)
	for i := range d.streams {
		d.own[i] = d.quantile(i, replication, 0)
	}
	for again = 0; again < mostAttempts; again++ {
		drawn, err = d.drawer.Draw(d.tied(replication))
		impossible, ok := errors.AsType[*scenario.Again](err)
		if !ok {
			return drawn, again, err
		}
		for _, i := range d.again(impossible.Inputs) {
			d.attempts[i]++
			d.own[i] = d.quantile(i, replication, d.attempts[i])
		}
	}
	return drawn, again, fmt.Errorf("replication %d: %d draws in a row could not be: %w", replication+1, mostAttempts, err)
}

// again are the streams to draw from once more: where an input is held to what was paid,
// that which says by which draw.
func (d *drawing) again(inputs []int) []int {
	if slices.ContainsFunc(inputs, func(i int) bool { return d.held[i] }) {
		return append(slices.Clone(inputs), len(d.streams)-1)
	}
	return inputs
}

// quantile is the n-th quantile of an input in a replication.
func (d *drawing) quantile(i, replication, n int) float64 {
	if d.common.has(d.paths[i]) {
		return d.streams[i].Unit(d.common.Seed, replication, n)
	}
	return d.streams[i].Unit(d.seed, replication, n)
}

// tied are the quantiles with the numbers of children tied to those of other runs.
func (d *drawing) tied(replication int) []float64 {
	copy(d.quantiles, d.own)
	if d.common != nil {
		d.common.tie(&d.ties, d.quantiles, replication)
	}
	return d.quantiles
}

// setting is what a replication is run under that a choice of alternatives has for
// itself. Draws of one choice are written over one another.
type setting struct {
	*workshop
	programme *model.Programme // of the draw
	pricer    *contract.Pricer
	deciding  *deciding // nil in constant prices
}

// workshop is what choices share whose programmes differ in numbers alone: everything
// that a draw is written into, and that counts and pricing need room for. Were there
// one for each choice, a replication would find none of it in the processor's memory.
type workshop struct {
	outline   *model.Programme // see numbers_alone.go
	prices    contract.Prices
	payers    []string
	tables    *lives.Tables
	simulator *lives.Simulator
	expected  *expect.Redraw
	ledger    *contract.Ledger // of replications
	central   *contract.Ledger // of expected counts, which have no independent lives
	sheet     *sheet
	figures   *figures
	delivery  bool // whether costs of delivery differ from draw to draw
}

// drawnRun runs replications with draws, one at a time.
type drawnRun struct {
	*runner
	drawing   *drawing
	settings  map[string]*setting // by choice of alternatives
	workshops []*workshop
	// again is how often an input had to be drawn again so far.
	again int
}

func (r *runner) newDrawnRun() *drawnRun {
	return &drawnRun{runner: r, drawing: r.drawing.clone(), settings: map[string]*setting{}}
}

// at prepares the draw of a replication.
func (d *drawnRun) at(replication int) (*setting, error) {
	drawn, again, err := d.drawing.draw(replication)
	if err != nil {
		return nil, err
	}
	d.again += again
	s, err := d.under(drawn)
	if err != nil {
		return nil, fmt.Errorf("replication %d: %w", replication+1, err)
	}
	return s, nil
}

// under prepares a draw.
func (d *drawnRun) under(drawn scenario.Drawn) (*setting, error) {
	s, known := d.settings[drawn.Choice]
	if known && !drawn.Whole {
		return s, s.redraw(drawn)
	}
	s, err := d.newSetting(drawn)
	if err != nil {
		return nil, err
	}
	d.settings[drawn.Choice] = s
	return s, nil
}

// newSetting prepares a choice of alternatives, or a draw that may differ from another
// of the same choice in more than numbers.
func (d *drawnRun) newSetting(drawn scenario.Drawn) (*setting, error) {
	s := &setting{programme: drawn.Programme}
	var err error
	if s.pricer, err = s.programme.Pricer(d.options.Prices, nil); err != nil {
		return nil, err
	}
	if s.workshop, err = d.workshopOf(s, drawn); err != nil {
		return nil, err
	}
	if _, err := s.setAvoided(); err != nil {
		return nil, err
	}
	counts, err := d.sameFigures(s)
	if err != nil || d.deciding == nil {
		return s, err
	}
	s.deciding, err = newDeciding(s.programme, counts, s.payers, s.figures)
	return s, err
}

// mostWorkshops bounds the memory of draws that are read anew and differ in what no
// workshop takes, as in a day.
const mostWorkshops = 16

// workshopOf is the workshop of a setting: that of another choice, or of a draw that was
// read anew, if the two differ in numbers alone, with the numbers of the draw.
func (d *drawnRun) workshopOf(s *setting, drawn scenario.Drawn) (*workshop, error) {
	outline := outlineOf(s.programme)
	i := slices.IndexFunc(d.workshops, func(w *workshop) bool { return numbersAlone(w.outline, outline) })
	if i >= 0 {
		w := d.workshops[i]
		w.delivery = true // of this choice, if not of this draw
		return w, w.redraw(s.programme)
	}
	w, err := d.newWorkshop(s.programme, s.pricer)
	if err != nil {
		return nil, err
	}
	w.outline, w.delivery = outline, drawn.Delivery
	if !drawn.Whole || len(d.workshops) < mostWorkshops {
		d.workshops = append(d.workshops, w)
	}
	return w, nil
}

// newWorkshop works everything out anew.
func (d *drawnRun) newWorkshop(p *model.Programme, pricer *contract.Pricer) (*workshop, error) {
	w := &workshop{prices: d.options.Prices, ledger: pricer.NewLedger(), central: pricer.NewLedger()}
	w.payers = w.ledger.Payers
	var err error
	if w.tables, err = lives.NewTables(p); err != nil {
		return nil, err
	}
	if w.expected, err = expect.NewRedraw(p); err != nil {
		return nil, err
	}
	w.simulator = w.tables.Simulator(d.options.Engine)
	cash := d.cash
	var days []calendar.Date
	if p.Delivery != nil {
		if cash, err = finance.NewCash(p, d.options.Prices); err != nil {
			return nil, err
		}
		days = cash.NewAccount().Days
	}
	w.sheet = newSheet(p, w.payers, days, d.options)
	w.sheet.paid.within(d.sheet.paid.years)
	w.figures = newFigures(w.sheet, cash)
	return w, nil
}

// sameFigures refuses a draw under which there are other figures than in the central
// projection, as where one alternative has a cap and another has none. It returns the
// expected counts.
func (d *drawnRun) sameFigures(s *setting) (*contract.Expected, error) {
	counts, err := s.expected.Counts(s.programme)
	if err != nil {
		return nil, err
	}
	contract.Price(s.pricer, counts, s.central)
	s.figures.values = nil // not those of the replication before
	fill(s.sheet, counts, s.central, s.figures)
	same := slices.EqualFunc(s.figures.columns, d.columns, func(a, b column) bool {
		return a.Key == b.Key && a.at == b.at && a.width == b.width && a.period == b.period && a.independent == b.independent
	})
	if !same {
		return nil, errors.New("a draw has other figures than the central projection, as where one alternative has a cap and another has none: compare them as versions instead")
	}
	return counts, nil
}

// redraw takes the numbers of another draw of the same choice.
func (s *setting) redraw(drawn scenario.Drawn) error {
	s.programme = drawn.Programme
	if err := s.workshop.redraw(s.programme); err != nil {
		return err
	}
	if err := setPrices(drawn, &s.pricer, s.prices); err != nil {
		return err
	}
	avoided, err := s.setAvoided()
	if err != nil {
		return err
	}
	return s.deciding.redraw(drawn, avoided)
}

// redraw takes the numbers of a programme that differs from the one before in numbers
// alone.
func (w *workshop) redraw(p *model.Programme) error {
	if err := w.tables.Redraw(p); err != nil {
		return err
	}
	if !w.delivery || w.figures.cash == nil {
		return nil
	}
	return w.figures.cash.SetDelivery(p)
}

// setPrices gives a pricer what is priced otherwise in another draw.
func setPrices(drawn scenario.Drawn, pricer **contract.Pricer, prices contract.Prices) (err error) {
	switch {
	case drawn.Contract:
		*pricer, err = drawn.Programme.Pricer(prices, nil)
	case drawn.Care:
		err = drawn.Programme.SetCare(*pricer)
	}
	return err
}

// setAvoided tells the pricer which cohorts' extra cost is cash in full under the
// draw.
func (s *setting) setAvoided() ([]float64, error) {
	avoided, err := s.expected.Avoided(s.programme, s.pricer)
	if err != nil {
		return nil, err
	}
	return avoided, s.pricer.SetAvoided(avoided)
}

// fill prices counts under the setting into a row of values.
func fillRow[N contract.Number](s *setting, counts *contract.Counts[N], row []float64) {
	ledger := s.ledger
	if counts.Independent == nil {
		ledger = s.central
	}
	contract.Price(s.pricer, counts, ledger)
	s.figures.values = row[:0:len(row)]
	fill(s.sheet, counts, ledger, s.figures)
	fillDeciding(s.deciding, counts, s.figures)
}

// drawn returns a function that counts and prices one replication under its draw
// into a row of values, and the draws over which the spread is divided once more.
// The tallies are those of an earlier run, or nil.
func (r *runner) drawn(kept tallies) func(replication int, row []float64) error {
	d := r.newDrawnRun()
	var tallyOf func(int) *contract.Tally
	if kept != nil {
		tallyOf = kept()
	}
	again := make([]float64, len(r.centre))
	return func(replication int, row []float64) error {
		s, err := d.at(replication)
		if err != nil {
			return err
		}
		var tally *contract.Tally
		if tallyOf != nil {
			tally = tallyOf(replication)
		} else {
			tally = s.simulator.Replicate(r.options.Seed, replication)
		}
		r.redrawn.Add(int64(d.again))
		d.again = 0
		fillRow(s, tally, row)
		if r.kept != nil {
			r.kept[replication] = pack(tally)
		}
		if !r.split.has(replication) {
			return nil
		}
		r.split.keep(r.split.totals, r.split.first, replication, row)
		return d.divide(r.split, replication, s, again)
	}
}
