package ssda903

import "strings"

// The code lists of the return, of all years from 2016-17. A code is taken in any year
// and in small letters too.
var (
	placeCodes    = list("U1 U2 U3 U4 U5 U6 K1 K2 K3 R1 R2 R3 R5 S1 P1 P2 P3 H5 A3 A4 A5 A6 T0 T1 T2 T3 T4 Z1 Z11 Z12 Z13 Z14")
	legalCodes    = list("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3")
	startCodes    = list("S P T L B U")
	providerCodes = list("PR0 PR1 PR2 PR3 PR4 PR5")
	reasonCodes   = list("ALLEG APPRR CARPL CHILD CLOSE CREQB CREQO CUSTOD LAREQ OTHER PLACE STAND")
	endCodes      = list("X1 E2 E3 E4A E4B E5 E6 E7 E8 E9 E11 E12 E13 E14 E15 E16 E17 E41 E43 E44 E45 E46 E47 E48")
	sexCodes      = map[string]string{"1": "M", "2": "F", "M": "M", "F": "F", "U": "U"}
)

// list maps every code of a text to itself, so that nothing else of a file is kept.
func list(text string) map[string]string {
	m := map[string]string{}
	for code := range strings.FieldsSeq(text) {
		m[code] = code
	}
	return m
}

// code looks a cell up in a list. A cell that is not in it is not shown anywhere: where
// columns have slipped it may hold a name.
func code(codes map[string]string, cell string) (found string, ok bool) {
	if cell == "" {
		return "", true
	}
	if found, ok = codes[cell]; ok {
		return found, true
	}
	found, ok = codes[strings.ToUpper(cell)]
	return found, ok
}

// temporary reports whether a code is that of a temporary placement.
func temporary(place string) bool { return strings.HasPrefix(place, "T") }

// shortBreaks reports whether a legal status is an agreed series of short breaks.
func shortBreaks(legal string) bool { return legal == "V3" || legal == "V4" }
