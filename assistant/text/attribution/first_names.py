"""First names and forms of address that tell a man from a woman. Tables only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HE = _words(
    """
    Mr Mr. Sir headmaster policeman fireman alderman assemblyman fisherman landlord duke baron
    sheikh Lord King Prince Pope spokesman chairman congressman councilman businessman
    """
)
SHE = _words(
    """
    Mrs Mrs. Ms Ms. Miss Lady Dame Queen Princess headmistress policewoman alderwoman
    assemblywoman landlady duchess baroness vice-chairwoman nun midwife spokeswoman chairwoman
    congresswoman councilwoman businesswoman actress
    """
)
MEN = _words(
    """
    James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel
    Matthew Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy
    Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin
    Scott Brandon Benjamin Samuel Gregory Alexander Frank Patrick Raymond Jack Dennis Jerry
    Tyler Aaron Jose Adam Nathan Henry Douglas Zachary Peter Kyle Ethan Walter Noah Jeremy
    Christian Keith Roger Terry Harry Sean Austin Gerald Carl Dylan Harold Jordan Jesse Bryan
    Lawrence Arthur Gabriel Bruce Logan Juan Albert Willie Elijah Wayne Randy Vincent Mason Roy
    Ralph Bobby Russell Bradley Philip Eugene Bill Bob Jim Joe Tom Mike Dan Ben Tim Steve Jeff
    Ted Barack Bernie Mitt Newt Rudy Boris Vladimir Sergei Emmanuel Jens Olaf Recep Xi Narendra
    Ali Ahmed Mohammed Muhammad Omar Hassan Antonio Carlos Luis Pedro Pablo Hans Klaus Pierre
    Jean Jacques Marco Giovanni Ivan Dmitri Volodymyr Joel Chris Greg Ken Ron Rick Rob Roberto
    Fred Howard Martin Alan Allen Craig Chuck Doug Evan Glenn Harvey Ian Jake Jared Jay Jon Josh
    Karl Lee Leo Louis Lou Luke Marc Max Mitch Neil Nick Norman Oscar Pat Phil Ray Reza Rex Rod
    Sam Seth Simon Stan Stuart Todd Tony Victor Will Xavier Jerome Rishi Keir Viktor Abdul
    Abdullah Adrian Adolfo Akira Alberto Aldo Alejandro Alfred Alfredo Alistair Alvin Amir
    Anders Andre Andreas Andrei Andrey Andy Angelo Angus Anton Antony Antonin Antoine Archie
    Armando Arnold Arturo Ashraf Axel Barry Bart Bashar Bernard Bert Bertrand Bjorn Brad Brendan
    Brett Bruno Bryce Byron Caleb Calvin Cameron Carlo Cedric Cesar Chad Christoph Christophe
    Clarence Clark Claude Clifford Clint Clive Clyde Colin Conor Connor Corey Cory Curtis Cyril
    Damian Damien Darren Darrell Darryl Dave Dean Declan Derek Derrick Desmond Diego Dieter Dirk
    Dmitry Dominic Don Donnie Duane Duncan Dustin Dwight Earl Ed Eddie Edgar Edmund Eduardo
    Edwin Egon Elias Elliot Elliott Elmer Emil Emilio Enrico Enrique Erik Ernest Ernesto Ernst
    Erwin Esteban Eugen Ezra Fabian Fabio Farid Felipe Felix Ferdinand Fernando Fidel Floyd
    Francesco Francisco Francois Franco Frederick Freddie Friedrich Gareth Gavin Gene Geoffrey
    Georg Georges Gerard Gerhard Gilbert Giles Gianni Giorgio Giuseppe Gordon Graham Grant Guido
    Guillermo Gustav Gustavo Guy Hank Harrison Hector Heinrich Heinz Helmut Henri Herbert Herman
    Hiroshi Horst Hubert Hugh Hugo Humphrey Hussein Ibrahim Igor Ignacio Imran Ismail Isaac Ivor
    Jaime Jakob Jamal Jan Janos Javier Jeb Jeffery Jeremiah Jimmy Joachim Joaquin Johan Johannes
    Johnny Johnnie Jonas Jorge Josef Josep Julian Julio Jurgen Kamal Kareem Karim Kenny Kent
    Khalid Kirk Konrad Konstantin Kurt Lamar Lance Lars Laurent Leon Leonard Leonardo Leonid
    Leroy Leslie Lester Lionel Lloyd Lorenzo Lucas Luca Lucian Ludwig Luigi Mahmoud Manfred
    Manuel Marcel Marcus Mario Marius Marshall Marvin Massimo Mathias Matt Matthias Maurice
    Maurizio Maxim Maxime Mehmet Melvin Michel Miguel Mikhail Milan Miles Milos Mohamed Mohammad
    Morgan Morris Mustafa Nasser Nathaniel Nelson Nigel Nikita Nikolai Nikolas Noel Oleg Oliver
    Olivier Orlando Oskar Otto Owen Paolo Pascal Patricio Pavel Per Percy Perry Philippe Phillip
    Pietro Piotr Radek Rafael Rahul Rajesh Ralf Ramon Randall Raul Ravi Reginald Reinhard Rene
    Ricardo Riccardo Rodney Rodrigo Roland Rolf Roman Romeo Ross Ruben Rudolf Rupert Russ Salman
    Salvador Sandro Santiago Sanjay Saul Sebastian Sergio Sergey Seamus Shane Shaun Shawn Sidney
    Silvan Silvio Slobodan Stanley Stefan Stefano Stephan Stewart Sven Tariq Taylor Terrence
    Theodore Theo Thierry Tobias Tomas Tomasz Tommy Trevor Tristan Uwe Vaclav Valentin Vernon
    Vicente Vince Vitaly Vito Wallace Walt Warren Wendell Werner Wesley Wilfred Wilhelm Winston
    Wolfgang Yasser Yuri Yusuf Yves Zach Zack Bram Joost Pieter Jost Lukas Marek Jakub Krzysztof
    Oleksandr Oleksiy Mykola Dmytro Serhiy Andriy Yevgeny Buzz Hosni Muammar Saddam Osama
    Naftali Yair Avigdor Ehud Shimon Ariel Yitzhak Shinzo Junichiro Fumio Dana Tracy Courtney
    Jackie Marion Shannon Ashley Lindsay Andrea Robin Alex Casey Jamie Sasha Kelly Simone Dale
    Kit
    Kofi Kwame Kwabena Kwasi Tunde Emeka Chidi Kenji Takeshi Satoshi Haruto Shigeru Yutaka
    Takashi Makoto Hamza Bilal Faisal Anwar Nabil Ravindra Arjun Vikram Anand Suresh Ramesh
    Deepak Vijay Ashok Pim Henrik Mikkel Soren Magnus Gunnar Leif Zoltan Laszlo Istvan Bogdan
    Mircea Radu Goran Dragan Zoran Davor Ivo Ante Luka Matej Blaz Gorazd Eoin Cormac Fintan
    Padraig Ciaran Tadhg Ruairi Hamish Alasdair Callum Ewan Gonzalo Thabo Sipho
    """
)
WOMEN = _words(
    """
    Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty
    Sandra Margaret Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie
    Dorothy Rebecca Sharon Laura Cynthia Amy Kathleen Angela Shirley Brenda Emma Anna Pamela
    Nicole Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria Catherine Heather
    Diane Olivia Julie Joyce Victoria Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith
    Andrea Hannah Megan Cheryl Jacqueline Martha Madison Teresa Gloria Sara Janice Ann Kathryn
    Abigail Sophia Frances Jean Alice Judy Isabella Julia Grace Amber Denise Danielle Marilyn
    Beverly Charlotte Natalie Theresa Diana Brittany Doris Kayla Alexis Lori Marie Hillary
    Chelsea Ivanka Melania Kellyanne Nikki Kamala Liz Ursula Giorgia Sanna Jacinda Marine Nadia
    Fatima Aisha Leila Ada Ida Ella Eva Eve Jane Jill Kate Katie Kim Lucy Lynn Nina Nora Rosa
    Rose Sally Sheila Sophie Sue Tina Tracy Vera Wendy Yvonne Claire Elena Ingrid Olga
    Condoleezza Anne Ellen Gwen Debbie Loretta Alicia Sonia Michele Jen Gina Greta Abby Adele
    Adriana Agnes Agnieszka Alba Alejandra Alessandra Alexandra Alina Alison Allison Alma Amal
    Amelia Amina Ana Anastasia Angelica Angelina Angie Anika Anita Anja Anka Annabel Annalena
    Annette Annie Antonia Arlene Astrid Audrey Aurora Ava Barb Beatrice Beatriz Becky Belinda
    Bernadette Bernice Bertha Beth Bethany Bianca Birgit Bonnie Brigitte Bridget Camila Camilla
    Candace Carla Carly Carmen Caroline Carrie Cassandra Cathy Cecilia Celia Celine Chantal
    Charlene Chiara Christa Christy Cindy Clara Claudia Colleen Connie Consuelo Cora Cornelia
    Courtney Crystal Daisy Dana Daniela Daphne Darlene Dawn Dee Deirdre Delia Delores Dina
    Dolores Dora Edith Edna Eileen Elaine Eleanor Eleni Elise Eliza Ellie Elsa Emilia Erica
    Erika Erin Erna Esther Ethel Eugenia Eunice Evelina Faith Fanny Farah Felicia Fenna Fernanda
    Fiona Flora Francesca Freya Frida Gabriela Gabriella Gail Geraldine Gertrude Gillian Ginger
    Gisela Gladys Glenda Gretchen Gwendolyn Haley Hanna Harriet Hazel Heidi Helena Helga
    Henrietta Hilda Hilary Holly Ilse Imelda Ines Irene Irina Iris Irma Isabel Isabelle Jackie
    Jacinta Jana Janelle Janine Jasmine Jeanne Jeannette Jenna Jennie Jenny Joanna Joanne
    Jocelyn Johanna Josephine Juana Juanita Juliana Julianna Juliet June Justine Kara Karin
    Karina Katarina Katharina Kathy Katrina Kayleigh Kirsten Kirstjen Krista Kristen Kristin
    Kristina Kylie Larissa Latoya Layla Lena Leonora Leslie Letitia Lidia Lillian Lily Lindsay
    Lindsey Lola Lorena Lorraine Lotte Louisa Louise Lucia Lucille Luisa Lydia Lyudmila Mabel
    Madeleine Magda Magdalena Maggie Mallory Mandy Manuela Mara Marcia Margot Marguerite Mariana
    Marianne Marina Marion Marisa Marjorie Marlene Marta Mathilde Maud Maureen Maxine Maya
    Mercedes Meredith Mila Mildred Milena Mimi Mina Minnie Miranda Miriam Moira Molly Mona
    Monica Monique Muriel Myra Nadine Naomi Natalia Natasha Nell Nellie Nelly Nicola Nicolle
    Noreen Norma Octavia Odette Oksana Olena Ottilie Paige Paola Patsy Patti Patty Paula Pauline
    Pearl Peggy Penelope Penny Petra Philippa Phoebe Phyllis Pia Polly Priscilla Priya Rachael
    Ramona Rania Raquel Regina Renata Renate Renee Rhonda Rita Roberta Robyn Rosalind Rosanna
    Rosemary Roxanne Ruby Sabina Sabine Sadie Salma Samira Sandy Saskia Selena Selma Serena
    Shannon Sheryl Shirin Silvia Simone Sofia Sofie Solveig Sonja Stacey Stacy Stella Susana
    Susanna Susanne Suzanne Svetlana Sybil Sylvia Tamara Tanya Tara Tatiana Tatjana Tess Tessa
    Thelma Tiffany Toni Trudy Ulrike Valentina Valeria Valerie Vanessa Veronica Vicky Viola
    Violet Vivian Viviane Waltraud Wilhelmina Wilma Winifred Yasmin Yelena Yolanda Yulia Zainab
    Zara Zoe Zuzana Antje Imke Femke Anneke Marieke Siobhan Niamh Aoife Maeve Orla Sinead
    Mairead Ingeborg Sigrid Linnea Aino Kaja Mette Ulla Taylor Morgan Cameron Jamie Robin Casey
    Alex Sasha Nikita Noel Rene Dale Jordan Terry Pat Chris Sam Jesse Logan Gene Kit
    Una Ama Abena Akua Efua Ngozi Chioma Funke Wanjiru Achieng Akinyi Aya Aiko Emiko Keiko Naoko
    Haruka Yumiko Yuko Mei Ananya Anjali Deepika Kavita Lakshmi Meera Sunita Shreya Divya Solvei
    Astri Birgitte Inger Gunilla Ulrika Mojca Nives Zdenka Ljudmila Jadranka Mirjana Snezana
    Grainne Brid Eimear Aine Moana Aroha Hine Ayse Fatma Zeynep Elif Salome Pilar Rocio Dolors
    Thandeka Lerato Nomsa
    """
)
FIRST_NAMES = MEN | WOMEN
# Given to men in one country and to women in another.
_BOTH = _words(
    """
    Joan Andrea Nicola Simone Gabriele Michele Daniele Jean Jan Laurence Dominique Claude Camille
    Ashley Leslie Lindsay Vivian Evelyn Marian Kim Robin Ariel Angel Jody Frankie Charlie Billie
    Sidney Yuval Gal Noam Shay Tal Nur Noor Iman Amal Kiran Alexis Maxime Yannick Pascale Sascha
    Misha
    """
)
# First names that stand for one another beside the same family name.
SHORT_FORMS = (
    "joe joseph|mike michael|bill william will|bob robert rob|liz elizabeth|jim james|tony anthony|"
    "ted edward ed|kate katherine kathryn|dick richard rick|jack john|chuck charles|steve stephen "
    "steven|nick nicholas|tom thomas|dan daniel|tim timothy|ben benjamin|chris christopher|jeff "
    "jeffrey|greg gregory|ken kenneth|ron ronald|sam samuel|matt matthew|andy andrew|dave david|"
    "don donald|pat patrick|phil philip|debbie deborah|sue susan|jen jennifer|kim kimberly"
)
_SHORT_FORM = {
    name: group.split()[-1] for group in SHORT_FORMS.split("|") for name in group.split()
}
_SEXES = {name.lower(): "m" for name in MEN} | {
    name.lower(): "f" if name not in MEN else "?" for name in WOMEN
}
_SEXES |= {name.lower(): "?" for name in _BOTH & FIRST_NAMES}


def sex_of(first: str) -> str:
    """Of a folded first name: "m", "f", "?" for one of both, "" for one in no table."""
    return _SEXES.get(first, "")


def long_form(first: str) -> str:
    """One form for all of a folded first name's: "joe" and "joseph" are the same."""
    return _SHORT_FORM.get(first, first)
