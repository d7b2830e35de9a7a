package ssda903_test

import (
	"fmt"
	"testing/fstest"

	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
)

// Two returns, of which the first has an episode twice. Any folder or zip file will do.
func Example() {
	columns := "CHILD,DECOM,RNE,LS,PLACE,DEC,REC,REASON_PLACE_CHANGE\n"
	folder := fstest.MapFS{
		"2023.csv": {Data: []byte(columns + "A,01/02/2023,S,V2,U6,,,\nA,01/02/2023,S,V2,U6,,,\n")},
		"2024.csv": {Data: []byte(columns + "A,01/02/2023,S,V2,U6,10/01/2024,X1,CREQB\nA,10/01/2024,P,V2,K2,,,\n")},
	}
	care, err := ssda903.Read(folder)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range care.Children[0].Placements {
		fmt.Printf("%s, from %s to %s\n", p.Code, p.Start, p.End)
	}
	for _, e := range care.Log.Entries {
		fmt.Printf("%s, line %d: %s\n", e.File, e.Row, e.Text)
	}
	// Output:
	// U6, from 2023-02-01 to 2024-01-10
	// K2, from 2024-01-10 to no date
	// 2023.csv, line 2: the same episode is in the return twice
	// 2024.csv, line 2: no Header row has a date of birth of this child: it is used without an age
}
