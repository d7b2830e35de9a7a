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
	streams   []lives.Stream
	seed      uint64
	quantiles []float64
	attempts  []int
}

func newDrawing(drawer *scenario.Drawer, seed uint64) *drawing {
	d := &drawing{drawer: drawer, seed: seed}
	for _, u := range drawer.Inputs() {
		d.streams = append(d.streams, lives.NewStream(string(u.Path)))
	}
	d.quantiles, d.attempts = make([]float64, len(d.streams)), make([]int, len(d.streams))
	return d
}

func (d *drawing) clone() *drawing { return newDrawing(d.drawer.Clone(), d.seed) }

// prepareDraws sees to what of the version is uncertain.
func (r *runner) prepareDraws() error {
	if r.options.FixedRates {
		return nil
	}
	drawer, err := r.version.Drawer()
	if drawer != nil {
		r.drawing = newDrawing(drawer, r.options.Seed)
	}
	return err
}

// mostAttempts bounds how often one draw is made again. Each attempt is needed with
// a chance of less than one in a thousand, so that no run comes to it by chance.
const mostAttempts = 50

// draw is the draw of a replication, and how often some input had to be drawn again
// because the draw could not be.
func (d *drawing) draw(replication int) (drawn scenario.Drawn, again int, err error) {
	clear(d.attempts)
	for i, s := range d.streams {
		d.quantiles[i] = s.Unit(d.seed, replication, 0)
	}
	for again = 0; again < mostAttempts; again++ {
		drawn, err = d.drawer.Draw(d.quantiles)
		impossible, ok := errors.AsType[*scenario.Again](err)
		if !ok {
			return drawn, again, err
		}
		for _, i := range impossible.Inputs {
			d.attempts[i]++
			d.quantiles[i] = d.streams[i].Unit(d.seed, replication, d.attempts[i])
		}
	}
	return drawn, again, fmt.Errorf("replication %d: %d draws in a row could not be: %w", replication+1, mostAttempts, err)
}

// setting is everything that a replication is run under that a draw may change.
// Settings of one choice of alternatives are written over one another.
type setting struct {
	programme *model.Programme // of the draw
	prices    contract.Prices
	tables    *lives.Tables
	simulator *lives.Simulator
	expected  *expect.Redraw
	pricer    *contract.Pricer
	ledger    *contract.Ledger
	sheet     *sheet
	figures   *figures
	deciding  *deciding // nil in constant prices
}

// drawnRun runs replications with draws, one at a time.
type drawnRun struct {
	*runner
	drawing  *drawing
	settings map[string]*setting // by choice of alternatives
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
	s, known := d.settings[drawn.Choice]
	if known && !drawn.Whole {
		return s, s.redraw(drawn)
	}
	if s, err = d.newSetting(drawn.Programme); err != nil {
		return nil, fmt.Errorf("replication %d: %w", replication+1, err)
	}
	d.settings[drawn.Choice] = s
	return s, nil
}

// newSetting works everything out anew.
func (d *drawnRun) newSetting(p *model.Programme) (*setting, error) {
	s := &setting{programme: p, prices: d.options.Prices}
	var err error
	if s.tables, err = lives.NewTables(p); err != nil {
		return nil, err
	}
	if s.expected, err = expect.NewRedraw(p); err != nil {
		return nil, err
	}
	s.simulator = s.tables.Simulator(d.options.Engine)
	if s.pricer, err = p.Pricer(d.options.Prices, nil); err != nil {
		return nil, err
	}
	if _, err := s.setAvoided(); err != nil {
		return nil, err
	}
	s.ledger = s.pricer.NewLedger()
	cash := d.cash
	var days []calendar.Date
	if p.Delivery != nil {
		if cash, err = finance.NewCash(p, d.options.Prices); err != nil {
			return nil, err
		}
		days = cash.NewAccount().Days
	}
	s.sheet = newSheet(p, s.ledger.Payers, days, d.options)
	s.sheet.paid.within(d.sheet.paid.years)
	s.figures = newFigures(s.sheet, cash)
	if err := d.sameFigures(s); err != nil || d.deciding == nil {
		return s, err
	}
	counts, err := s.expected.Counts(p)
	if err != nil {
		return nil, err
	}
	s.deciding, err = newDeciding(p, counts, s.ledger.Payers, s.figures)
	return s, err
}

// sameFigures refuses a draw under which there are other figures than in the central
// projection, as where one alternative has a cap and another has none.
func (d *drawnRun) sameFigures(s *setting) error {
	counts, err := s.expected.Counts(s.programme)
	if err != nil {
		return err
	}
	contract.Price(s.pricer, counts, s.ledger)
	fill(s.sheet, counts, s.ledger, s.figures)
	same := slices.EqualFunc(s.figures.columns, d.columns, func(a, b column) bool {
		return a.Key == b.Key && a.at == b.at && a.width == b.width && a.period == b.period && a.independent == b.independent
	})
	if !same {
		return errors.New("a draw has other figures than the central projection, as where one alternative has a cap and another has none: compare them as versions instead")
	}
	return nil
}

// redraw takes the numbers of another draw of the same choice.
func (s *setting) redraw(drawn scenario.Drawn) error {
	s.programme = drawn.Programme
	if err := s.tables.Redraw(s.programme); err != nil {
		return err
	}
	if err := setPrices(drawn, &s.pricer, s.prices); err != nil {
		return err
	}
	if drawn.Delivery && s.figures.cash != nil {
		if err := s.figures.cash.SetDelivery(s.programme); err != nil {
			return err
		}
	}
	avoided, err := s.setAvoided()
	if err != nil {
		return err
	}
	return s.deciding.redraw(drawn, avoided)
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
	contract.Price(s.pricer, counts, s.ledger)
	s.figures.values = row[:0:len(row)]
	fill(s.sheet, counts, s.ledger, s.figures)
	fillDeciding(s.deciding, counts, s.figures)
}

// drawn returns a function that counts and prices one replication under its draw
// into its row of values. The tallies are those of an earlier run, or nil.
func (r *runner) drawn(kept tallies) func(replication int) error {
	d := r.newDrawnRun()
	var tallyOf func(int) *contract.Tally
	if kept != nil {
		tallyOf = kept()
	}
	width := len(r.centre)
	return func(replication int) error {
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
		at := (replication - r.first) * width
		fillRow(s, tally, r.values[at:at+width])
		if r.kept != nil {
			r.kept[replication] = pack(tally)
		}
		return nil
	}
}
