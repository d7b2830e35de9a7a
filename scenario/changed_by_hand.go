package scenario

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/model"
)

// A caller may change the programme of a version, as to run a facility of another
// size. Draws are of the programme as it is then: reading the file again must not put
// back what it was.

// byHand is what has been changed in a programme since it was read.
type byHand int

const (
	nothingByHand byHand = iota
	facilityByHand
	moreByHand
)

// changedByHand says what of a version's programme is not as its file has it.
func (v *Version) changedByHand() (byHand, error) {
	if v.document == nil {
		return moreByHand, nil
	}
	was := v.asRead
	if was == nil {
		read := *v
		if err := read.apply(); err != nil {
			return moreByHand, err
		}
		was = readingOf(read.Programme)
	}
	if v.Programme.Fingerprint() == was.fingerprint {
		return nothingByHand, nil
	}
	asRead := *v.Programme
	asRead.Facility = was.facility
	if asRead.Fingerprint() == was.fingerprint {
		return facilityByHand, nil
	}
	return moreByHand, nil
}

// reading is what tells whether a programme has been changed since it was read.
type reading struct {
	fingerprint string
	facility    *model.Facility
}

func readingOf(p *model.Programme) *reading {
	return &reading{p.Fingerprint(), copies.Deep(p.Facility)}
}

// respect makes draws keep what was changed by hand.
func (d *Drawer) respect() error {
	changed, err := d.version.changedByHand()
	if err != nil {
		return err
	}
	for _, u := range d.inputs {
		switch {
		case changed == moreByHand && ofAlternatives(u):
			return fmt.Errorf("%s: alternatives cannot be drawn in a programme that is not as a file has it: choose one of them by its name, or run at fixed rates", u.Path)
		case changed == facilityByHand && strings.HasPrefix(string(u.Path), "facility."):
			return fmt.Errorf("%s: this cannot be drawn where the facility is not that of the file: run at fixed rates", u.Path)
		}
	}
	switch changed {
	case facilityByHand:
		d.facility = &d.version.Programme.Facility
	case moreByHand:
		bare := *d.version
		bare.document, bare.root = nil, nil
		d.version = &bare
	}
	return nil
}

// withFacility puts the facility that was given by hand, if any, into a programme
// that was read.
func withFacility(p *model.Programme, facility **model.Facility) *model.Programme {
	if facility == nil {
		return p
	}
	q := *p
	q.Facility = *facility
	return &q
}
