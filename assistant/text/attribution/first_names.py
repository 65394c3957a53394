"""First names and forms of address that tell a man from a woman. Tables only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HE = _words(
    """
    Mr Mr. Sir Lord King Prince Pope spokesman chairman congressman councilman businessman
    """
)
SHE = _words(
    """
    Mrs Mrs. Ms Ms. Miss Lady Dame Queen Princess spokeswoman chairwoman congresswoman
    councilwoman businesswoman actress
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
    Lawrence Arthur Gabriel Bruce Logan Juan Albert Willie Elijah Wayne Randy Vincent Mason
    Roy Ralph Bobby Russell Bradley Philip Eugene Bill Bob Jim Joe Tom Mike Dan Ben Tim Steve
    Jeff Ted Barack Bernie Mitt Newt Rudy Boris Vladimir Sergei Emmanuel Jens Olaf Recep Xi
    Narendra Ali Ahmed Mohammed Muhammad Omar Hassan Antonio Carlos Luis Pedro Pablo Hans
    Klaus Pierre Jean Jacques Marco Giovanni Ivan Dmitri Volodymyr Joel Chris Greg Ken Ron
    Rick Rob Roberto Fred Howard Martin Alan Allen Craig Chuck Doug Evan Glenn Harvey Ian Jake
    Jared Jay Jon Josh Karl Lee Leo Louis Lou Luke Marc Max Mitch Neil Nick Norman Oscar Pat
    Phil Ray Reza Rex Rod Sam Seth Simon Stan Stuart Todd Tony Victor Will Xavier Jerome Rishi
    Keir Viktor
    """
)
WOMEN = _words(
    """
    Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty
    Sandra Margaret Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah
    Stephanie Dorothy Rebecca Sharon Laura Cynthia Amy Kathleen Angela Shirley Brenda Emma
    Anna Pamela Nicole Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria
    Catherine Heather Diane Olivia Julie Joyce Victoria Ruth Virginia Lauren Kelly Christina
    Joan Evelyn Judith Andrea Hannah Megan Cheryl Jacqueline Martha Madison Teresa Gloria Sara
    Janice Ann Kathryn Abigail Sophia Frances Jean Alice Judy Isabella Julia Grace Amber
    Denise Danielle Marilyn Beverly Charlotte Natalie Theresa Diana Brittany Doris Kayla
    Alexis Lori Marie Hillary Chelsea Ivanka Melania Kellyanne Nikki Kamala Liz Ursula Giorgia
    Sanna Jacinda Marine Nadia Fatima Aisha Leila Ada Ida Ella Eva Eve Jane Jill Kate Katie
    Kim Lucy Lynn Nina Nora Rosa Rose Sally Sheila Sophie Sue Tina Tracy Vera Wendy Yvonne
    Claire Elena Ingrid Olga Condoleezza Anne Ellen Gwen Debbie Loretta Alicia Sonia Michele
    Jen Gina Greta
    """
)
